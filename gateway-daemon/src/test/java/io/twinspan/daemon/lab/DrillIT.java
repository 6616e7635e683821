package io.twinspan.daemon.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.app.GatewayDaemon;
import io.twinspan.daemon.cli.ApiAnswer;
import io.twinspan.daemon.cli.ApiClient;
import io.twinspan.daemon.cli.ExitCode;
import io.twinspan.daemon.control.ConnectionStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drills on a running gateway with users' traffic, both directions, in the lab. */
class DrillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();

    @FunctionalInterface
    private interface Body {
        void run(Lab lab) throws Exception;
    }

    private void inLab(Body body) throws Exception {
        NamespaceRequirement.require();
        LabOptions options =
                new LabOptions(LabOptions.Peer.TWINSPAN, false, LinkImpairment.NONE, folder.resolve("gateway.sock"));
        try (Lab lab = Lab.start(options, GatewayDaemon::start)) {
            lab.await("redundant", 30, ConnectionStatus::redundant);
            body.run(lab);
        }
    }

    private int drill(Lab lab, String scenario, String... options) {
        int code = new LabDrill(scenario, List.of(options)).run(lab, new PrintWriter(out, true));
        lab.status()
                .tunnels()
                .forEach(tunnel -> out.append("tunnel " + tunnel.number() + " dropped " + tunnel.drops() + "\n"));
        return code;
    }

    @Test
    void aBlackHoleIsLeftReportedAndUndone() throws Exception {
        inLab(lab -> {
            List<String> before = hostNetwork(lab);
            int code = drill(lab, "blackhole", "--for", "5s", "--limit", "4s", "--report", folder.toString());
            assertThat(code).describedAs(out.toString()).isEqualTo(ExitCode.OK);
            assertThat(out.toString())
                    .contains("dropping the outer packets of tunnel", "traffic moved to tunnel", "PASS (limit 4 s)");
            assertThat(hostNetwork(lab))
                    .describedAs("routes, rules and firewall")
                    .isEqualTo(before);
            try (var files = java.nio.file.Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString().replaceAll("drill-[0-9-]+", "drill")))
                        .contains("drill.html", "drill.json", "drill.junit.xml");
            }
            assertThat(client(lab)
                            .exchange("GET", "/v1/drills/report?form=json", false)
                            .state())
                    .isEqualTo("passed");
            assertThat(lab.status().drillPassed()).isNotNull();
        });
    }

    @Test
    void anOutageBeyondTheLimitEndsTheDrillAndExitsWithSeven() throws Exception {
        inLab(lab -> {
            int code = drill(lab, "blackhole", "--for", "10s", "--limit", "50ms");
            assertThat(code).describedAs(out.toString()).isEqualTo(ExitCode.LIMIT_MISSED);
            assertThat(out.toString()).contains("MISSED (limit 50 ms): ended early");
        });
    }

    @Test
    void aPlannedMoveLosesNothing() throws Exception {
        inLab(lab -> {
            int active = lab.status().activeTunnel();
            int code = drill(lab, "planned", "--for", "4s");
            assertThat(code).describedAs(out.toString()).isEqualTo(ExitCode.OK);
            assertThat(out.toString()).contains("outage out 0.0 ms, in 0.0 ms, lost 0 of");
            assertThat(lab.status().activeTunnel()).isEqualTo(active);
        });
    }

    @Test
    void theDrillEndsWithinASecondWhenItsCommandDies() throws Exception {
        inLab(lab -> {
            List<String> before = hostNetwork(lab);
            try (LabFlow flow =
                    LabFlow.start(lab.topology().hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, 2, 100)) {
                flow.awaitEchoes(100, 20);
                SocketChannel command = begin(lab, "loss:10");
                Awaitility.await().atMost(PATIENCE).until(() -> lostOnPurpose(lab) > 20);
                assertThat(hostNetwork(lab)).describedAs("while it runs").isEqualTo(before);
                command.close();
                // Within a second of the death nothing is lost on purpose any more.
                Awaitility.await()
                        .atMost(Duration.ofSeconds(1))
                        .until(() -> client(lab)
                                        .exchange("GET", "/v1/drills", true)
                                        .body()
                                        .contains("no drill runs")
                                || isRestored(lab));
                long lost = lostOnPurpose(lab);
                flow.awaitEchoes(flow.echoes() + 500, 20);
                assertThat(lostOnPurpose(lab)).isEqualTo(lost);
                awaitVerdict(lab, "aborted");
            }
        });
    }

    @Test
    void anOperatorCanStopItAndOneDrillAtATimeIsEnough() throws Exception {
        inLab(lab -> {
            try (SocketChannel command = begin(lab, "latency:100ms")) {
                assertThat(command.isOpen()).isTrue();
                ApiAnswer second = client(lab).exchange("POST", "/v1/drills/run?scenario=planned&connection=lab", true);
                assertThat(second.status()).isEqualTo(409);
                assertThat(second.body()).contains("another drill runs");
                assertThat(client(lab).exchange("POST", "/v1/drills/stop", true).status())
                        .isEqualTo(200);
                awaitVerdict(lab, "aborted");
            }
        });
    }

    @Test
    void aPathThatADrillMadeNarrowIsLearntAndForgottenWithIt() throws Exception {
        inLab(lab -> {
            try (SocketChannel command = begin(lab, "mtu-shrink:1300")) {
                assertThat(command.isOpen()).isTrue();
                // Whoever measures finds it at once, and then the watch does.
                assertThat(client(lab)
                                .exchange("POST", "/v1/mtu?connection=lab", true)
                                .body())
                        .contains("measured: 1300 octets outside");
                Awaitility.await().atMost(PATIENCE).until(() -> pathMtu(lab) == 1300);
            }
            awaitVerdict(lab, "aborted");
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> pathMtu(lab) == 1500);
        });
    }

    private static int pathMtu(Lab lab) {
        return lab.status().tunnels().stream()
                .mapToInt(tunnel -> tunnel.inner().inUseBytes())
                .min()
                .orElseThrow();
    }

    /** Two looks a tenth of a second apart find the same count. */
    private static boolean isRestored(Lab lab) throws InterruptedException {
        long lost = lostOnPurpose(lab);
        Thread.sleep(100);
        return lostOnPurpose(lab) == lost;
    }

    private static void awaitVerdict(Lab lab, String verdict) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> client(lab)
                        .exchange("GET", "/v1/drills/report", true)
                        .state()
                        .equals(verdict));
    }

    /** Starts a drill as the command line does, and waits for the fault. */
    private static SocketChannel begin(Lab lab, String scenario) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(lab.options().socket()));
        String request = "POST /v1/drills/run?scenario=" + scenario
                + "&connection=lab HTTP/1.1\r\nHost: x\r\nAccept: text/plain\r\nContent-Length: 0\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(UTF_8)));
        BufferedReader lines = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8));
        String line = lines.readLine();
        while (line != null && !line.contains("t+0.000")) {
            line = lines.readLine();
        }
        assertThat(line).isNotNull();
        return channel;
    }

    private static long lostOnPurpose(Lab lab) {
        return lab.status().tunnels().stream()
                .mapToLong(tunnel -> tunnel.drops().getOrDefault("DRILL_OUT", 0L)
                        + tunnel.drops().getOrDefault("DRILL_IN", 0L))
                .sum();
    }

    private static ApiClient client(Lab lab) {
        return new ApiClient(lab.options().socket());
    }

    private static List<String> hostNetwork(Lab lab) {
        LabNamespace gateway = lab.topology().gateway();
        return List.of(
                gateway.run("ip", "-4", "route", "show", "table", "all"),
                gateway.run("ip", "rule", "show"),
                gateway.run("nft", "list", "ruleset"));
    }
}
