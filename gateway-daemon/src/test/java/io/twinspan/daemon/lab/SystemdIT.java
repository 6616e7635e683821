package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.cli.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The service under a real systemd, with the unit as it is shipped: what it may, what outlives it, and what a stop leaves. The
 * AWS side and the hosts are outside the container.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SystemdIT {
    private static final int RESTART_SECONDS = 60;
    private static final int SETTLE_ECHOES = 100;
    private static final String DEVICE = "ts-lab";
    private static final String HANG = "watchdog";
    private static final int QUEUE_PACKETS = 500;

    /** CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW. */
    private static final String THREE_CAPABILITIES = "0000000000003400";

    private ServiceRig rig;
    private LabTopology topology;
    private ServiceContainer container;

    @BeforeAll
    void boot() throws Exception {
        ServiceRequirement.require();
        rig = new ServiceRig("""
                [Service]
                # A hang is to be seen in the time of a test.
                WatchdogSec=2
                TimeoutStopSec=3
                """);
        topology = rig.topology();
        container = rig.container();
    }

    @AfterAll
    void end() {
        if (rig != null) {
            rig.close();
        }
    }

    @BeforeEach
    void start() {
        boolean ran = !container.mainPid().equals("0");
        long start = System.nanoTime();
        container.run("systemctl", "start", "twinspan.service");
        double ready = (System.nanoTime() - start) / 1e9;
        rig.awaitBothUp();
        if (!ran) {
            double up = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "start: ready after %.2f s, both tunnels up after %.2f s, of the processor %s%n",
                    ready,
                    up,
                    container
                            .run("cut", "-d", " ", "-f", "14,15", "/proc/" + container.mainPid() + "/stat")
                            .strip());
        }
    }

    private SortedSet<String> spis() {
        return rig.spis();
    }

    private String deviceIndex() {
        String links = topology.gateway().run("ip", "-o", "link", "show", "type", "tun");
        return links.isEmpty() ? "" : links.substring(0, links.indexOf(':'));
    }

    private String routes() {
        return topology.gateway().run("ip", "-4", "route", "show", "proto", "84");
    }

    @Test
    void theServiceIsReadyTellsItsStateAndHasThreeCapabilitiesAndNoMore() throws Exception {
        assertThat(container.run("systemctl", "is-active", "twinspan.service")).startsWith("active");
        container.await(
                "the state is told", 5, () -> container.property("StatusText").startsWith("2/2 tunnels up, lab on"));
        String status = container.run("cat", "/proc/" + container.mainPid() + "/status");
        for (String set : List.of("CapEff", "CapPrm", "CapBnd", "CapAmb")) {
            assertThat(status).contains(set + ":\t" + THREE_CAPABILITIES);
        }
        assertThat(status).contains("NoNewPrivs:\t1").contains("Seccomp:\t2").doesNotContainPattern("Uid:\t0\t");
        assertThat(container.run(
                        "journalctl",
                        "-o",
                        "cat",
                        "TWINSPAN_EVENT=tunnel.up",
                        "TWINSPAN_TUNNEL=1",
                        "TWINSPAN_CONNECTION=lab"))
                .startsWith("lab/1: ");
        // One TUN, three sockets of one address, and the state of the SAs.
        assertThat(container.property("NFileDescriptorStore")).isEqualTo("5");
        assertThat(container.run("grep", "sa-state", "/proc/" + container.mainPid() + "/maps"))
                .contains("rw-s");
    }

    @Test
    void aCrashLosesNoTunnel() throws Exception {
        survives("crash", () -> container.run("kill", "-KILL", container.mainPid()));
    }

    @Test
    void aRestartLosesNoTunnel() throws Exception {
        survives("restart", () -> container.run("systemctl", "restart", "twinspan.service"));
    }

    /** As the package's script does after an upgrade. */
    @Test
    void anUpgradeLosesNoTunnel() throws Exception {
        survives("try-restart", () -> {
            container.run("systemctl", "daemon-reload");
            container.run("systemctl", "try-restart", "twinspan.service");
        });
    }

    @Test
    void aDaemonThatHangsIsKilledByTheWatchdogAndLosesNoTunnel() throws Exception {
        survives(HANG, () -> container.run("kill", "-STOP", container.mainPid()));
        assertThat(container.journal()).contains("Watchdog timeout");
    }

    /** Something that ends the process. */
    @FunctionalInterface
    private interface Blow {
        void strike() throws Exception;
    }

    private void survives(String what, Blow blow) throws Exception {
        String pid = container.mainPid();
        String device = deviceIndex();
        String routes = routes();
        SortedSet<String> spis = spis();
        assertThat(spis)
                .describedAs("two IKE SAs and two child SAs, each with two SPIs")
                .hasSize(8);
        try (LabFlow there = rig.flow(true);
                LabFlow back = rig.flow(false)) {
            there.awaitEchoes(SETTLE_ECHOES, ServiceRig.UP_SECONDS);
            back.awaitEchoes(SETTLE_ECHOES, ServiceRig.UP_SECONDS);
            long start = System.nanoTime();
            blow.strike();
            container.await(
                    "another process runs",
                    RESTART_SECONDS,
                    () -> !List.of("0", pid).contains(container.mainPid())
                            && container.property("SubState").equals("running"));
            long gap = System.nanoTime() - start;
            long started = startNanos();
            assertThat(deviceIndex()).isEqualTo(device);
            assertThat(spis())
                    .describedAs("SPIs after " + what + container.journal())
                    .isEqualTo(spis);
            there.awaitEchoes(there.echoes() + SETTLE_ECHOES, ServiceRig.UP_SECONDS);
            back.awaitEchoes(back.echoes() + SETTLE_ECHOES, ServiceRig.UP_SECONDS);
            // A daemon that hangs is found after a while only.
            long allowed = what.equals(HANG) ? gap : started;
            LabFlow.Result out = there.stop();
            LabFlow.Result in = back.stop();
            report(what + ", to AWS", gap, started, out);
            report(what + ", from AWS", gap, started, in);
            assertLost(what + ", to AWS", allowed, out, there);
            assertLost(what + ", from AWS", allowed, in, back);
        }
        container.await("the queue is short again", 20, () -> queueLength() == QUEUE_PACKETS);
        assertThat(routes()).isEqualTo(routes);
        assertThat(spis()).isEqualTo(spis);
    }

    /** From the start of the process, systemd(1), until it said that it is ready. */
    private long startNanos() {
        long started = Long.parseLong(container.property("ExecMainStartTimestampMonotonic"));
        long ready = Long.parseLong(container.property("ActiveEnterTimestampMonotonic"));
        assertThat(ready).isGreaterThan(started);
        return TimeUnit.MICROSECONDS.toNanos(ready - started);
    }

    private int queueLength() {
        Matcher queue =
                Pattern.compile("qlen (\\d+)").matcher(topology.gateway().run("ip", "link", "show", "dev", DEVICE));
        return queue.find() ? Integer.parseInt(queue.group(1)) : 0;
    }

    private static void report(String what, long gapNanos, long startNanos, LabFlow.Result result) {
        System.out.printf(
                Locale.ROOT,
                "%s: ready again after %.2f s, %.2f s of it the start; %d of %d probes lost, longest silence %.2f s%n",
                what,
                gapNanos / 1e9,
                startNanos / 1e9,
                result.lost(),
                result.sent(),
                result.silenceSeconds());
    }

    /** What was sent while no process lived waits in the device and the sockets; what they have no room for may be lost. */
    private void assertLost(String what, long allowedNanos, LabFlow.Result result, LabFlow flow) {
        assertThat(result.lost())
                .describedAs(what + ": " + flow.describeLosses() + container.journal())
                .isLessThanOrEqualTo((int) (allowedNanos / 1_000_000 / ServiceRig.PROBE_MILLIS));
    }

    @Test
    void aStopSaysFarewellAndLeavesACleanMachine() throws Exception {
        String pid = container.mainPid();
        container.run("systemctl", "stop", "twinspan.service");
        assertThat(container.property("Result")).isEqualTo("success");
        assertThat(container.property("NFileDescriptorStore")).isEqualTo("0");
        assertThat(deviceIndex()).isEmpty();
        assertThat(routes()).isEmpty();
        assertThat(container.tryRun("test", "-e", "/proc/" + pid).exitCode()).isNotZero();
        assertThat(container.path("run/twinspan")).doesNotExist();
        String farewell =
                new ApiClient(rig.awsSocket()).exchange("GET", "/v1/sas", false).body();
        assertThat(ServiceRig.spis(farewell))
                .describedAs("SAs left at the peer: " + farewell)
                .isEmpty();
    }

    /** Its ExecStop= finds nobody who listens, and what it leaves behind is removed for it. */
    @Test
    void aStopOfADaemonThatHangsLeavesACleanMachineToo() {
        container.run("kill", "-STOP", container.mainPid());
        container.tryRun("systemctl", "stop", "twinspan.service");
        assertThat(container.property("ActiveState")).isNotEqualTo("active");
        assertThat(container.mainPid()).isEqualTo("0");
        assertThat(container.property("NFileDescriptorStore")).isEqualTo("0");
        assertThat(deviceIndex()).isEmpty();
        assertThat(routes()).isEmpty();
    }

    @Test
    void aBrokenConfigurationEndsTheServiceAndTheNetworksStayFencedOff() throws Exception {
        Path file = container.path("etc/twinspan/twinspan.yaml");
        String good = Files.readString(file);
        try {
            Files.writeString(file, good.replace("connections:", "conections:"));
            container.tryRun("systemctl", "restart", "twinspan.service");
            container.await(
                    "the service has given up",
                    RESTART_SECONDS,
                    () -> container.property("ActiveState").equals("failed"));
            assertThat(container.property("ExecMainStatus")).isEqualTo("6");
            assertThat(deviceIndex()).isEmpty();
            assertThat(routes()).contains("blackhole " + LabTopology.VPC_PREFIX);
        } finally {
            Files.writeString(file, good);
            container.run("systemctl", "start", "twinspan.service");
        }
    }

    @Test
    void aDeviceOfAnotherNameReplacesTheKeptOne() throws IOException {
        Path file = container.path("etc/twinspan/twinspan.yaml");
        String good = Files.readString(file);
        try {
            Files.writeString(file, good.replaceAll("device: .*", "device: other0"));
            container.run("systemctl", "restart", "twinspan.service");
            rig.awaitBothUp();
            assertThat(topology.gateway().run("ip", "-o", "link", "show", "type", "tun"))
                    .contains("other0")
                    .hasLineCount(1);
            assertThat(routes()).contains("dev other0").doesNotContain(DEVICE);
            assertThat(container.property("NFileDescriptorStore")).isEqualTo("5");
        } finally {
            Files.writeString(file, good);
        }
    }
}
