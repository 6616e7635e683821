package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.cli.ApiClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an operator does to the service under a real systemd: reloads, signals, keys as credentials, orders over a restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceOrdersIT {
    private static final String DEVICE = "ts-lab";
    private static final String CONFIGURATION = "etc/twinspan/twinspan.yaml";
    private static final String CREDENTIALS = "etc/systemd/system/twinspan.service.d/credentials.conf";

    private static final String OTHER = """
              other:
                device: other0
                local: [10.1.0.0/24]
                remote: [192.168.77.0/24]
                identity: {local: %s}
                tunnels:
                  - psk-file: other.psk
                    outside: {remote: 203.0.113.77}
                    inside: {local: 169.254.77.2/30, remote: 169.254.77.1}
            """.formatted(LabTopology.GATEWAY_PUBLIC);

    private ServiceRig rig;
    private ServiceContainer container;

    @BeforeAll
    void boot() throws Exception {
        ServiceRequirement.require();
        rig = new ServiceRig("[Service]\nTimeoutStopSec=3\n");
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
        container.run("systemctl", "start", "twinspan.service");
        rig.awaitBothUp();
    }

    private String post(String path) {
        return new ApiClient(rig.socket()).exchange("POST", path, false).body();
    }

    private String routes() {
        return rig.topology().gateway().run("ip", "-4", "route", "show", "proto", "84");
    }

    @Test
    void aReloadAppliesAGoodChangeAndRefusesABadOneAndTheDaemonRunsOn() throws Exception {
        Path file = container.path(CONFIGURATION);
        String good = Files.readString(file);
        String pid = container.mainPid();
        SortedSet<String> spis = rig.spis();
        try {
            Files.writeString(file, good.replace("connections:", "conections:"));
            assertThat(container
                            .tryRun("systemctl", "reload", "twinspan.service")
                            .exitCode())
                    .describedAs("reload of a file with an error")
                    .isNotZero();
            assertThat(container.journal()).contains("conections");

            Files.writeString(file, withNetwork(good, "172.20.0.0/16"));
            container.run("systemctl", "reload", "twinspan.service");
            assertThat(routes()).contains("blackhole 172.20.0.0/16", "172.20.0.0/16 dev " + DEVICE);

            // A signal has no answer; the journal has.
            Files.writeString(file, good.replace("connections:", "conections:"));
            container.run("kill", "-HUP", pid);
            container.await(
                    "the signal's verdict is told",
                    10,
                    () -> container
                            .run("journalctl", "-o", "cat", "TWINSPAN_EVENT=config.rejected", "TWINSPAN_BY=signal HUP")
                            .contains("refused"));
            Files.writeString(file, good);
            container.run("kill", "-HUP", pid);
            container.await("the change is made", 10, () -> !routes().contains("172.20.0.0"));
        } finally {
            Files.writeString(file, good);
        }
        assertThat(container.mainPid()).isEqualTo(pid);
        assertThat(container.property("ActiveState")).isEqualTo("active");
        assertThat(rig.spis()).isEqualTo(spis);
    }

    private static String withNetwork(String configuration, String network) {
        String there = "      - " + LabTopology.VPC_PREFIX + "\n";
        String changed = configuration.replace(there, there + "      - " + network + "\n");
        assertThat(changed).isNotEqualTo(configuration);
        return changed;
    }

    /** Until then a daemon that is killed starts with the configuration before, and follows the orders that were given. */
    @Test
    void whatIsKnownOfAConnectionGoesWhenItsRemovalIsConfirmedAndNotBefore() throws Exception {
        Path file = container.path(CONFIGURATION);
        String good = Files.readString(file);
        try {
            Files.copy(container.path("etc/twinspan/secrets/lab-1.psk"), container.path("etc/twinspan/other.psk"));
            Files.writeString(file, good + OTHER);
            container.run("systemctl", "reload", "twinspan.service");
            assertThat(post("/v1/down?connection=other&tunnel=1")).contains("other/1");
            assertThat(remembered()).containsExactly("lab", "other");
            Files.writeString(file, good);
            assertThat(post("/v1/config/apply?confirm=60s")).contains("60 s");
            assertThat(remembered()).containsExactly("lab", "other");
            assertThat(post("/v1/config/confirm")).contains("confirmed");
            assertThat(remembered()).containsExactly("lab");
        } finally {
            Files.writeString(file, good);
            Files.deleteIfExists(container.path("etc/twinspan/other.psk"));
        }
    }

    /** Connections of which the state of the SAs, as systemd holds it, has notes. */
    private SortedSet<String> remembered() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", container.leader(), "fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.readSymbolicLink(descriptor).toString().contains("sa-state")) {
                    SortedSet<String> result = new TreeSet<>();
                    Pattern.compile("connection (other|lab)")
                            .matcher(new String(Files.readAllBytes(descriptor), StandardCharsets.ISO_8859_1))
                            .results()
                            .forEach(match -> result.add(match.group(1)));
                    return result;
                }
            }
        }
        throw new AssertionError("systemd holds no state");
    }

    @Test
    void keysComeFromCredentialsPlainOrEncryptedThatOnlyRootCanRead() throws Exception {
        Path file = container.path(CONFIGURATION);
        String good = Files.readString(file);
        container.run("systemctl", "stop", "twinspan.service");
        try {
            container.run("install", "-d", "-m", "700", "/etc/twinspan/credentials");
            container.run(
                    "install", "-m", "600", "/etc/twinspan/secrets/lab-1.psk", "/etc/twinspan/credentials/lab-1.psk");
            container.run(
                    "systemd-creds",
                    "encrypt",
                    "--with-key=host",
                    "--name=lab-2",
                    "/etc/twinspan/secrets/lab-2.psk",
                    "/etc/twinspan/credentials/lab-2.cred");
            container.write(CREDENTIALS, """
                    [Service]
                    LoadCredential=lab-1:/etc/twinspan/credentials/lab-1.psk
                    LoadCredentialEncrypted=lab-2:/etc/twinspan/credentials/lab-2.cred
                    """);
            String changed = good.replaceAll("secrets/(lab-[12])\\.psk", "\\${CREDENTIALS_DIRECTORY}/$1");
            assertThat(changed).isNotEqualTo(good);
            Files.writeString(file, changed);
            container.run("systemctl", "daemon-reload");
            container.run("systemctl", "start", "twinspan.service");
            rig.awaitBothUp();
            SortedSet<String> spis = rig.spis();
            container.run("systemctl", "reload", "twinspan.service");
            container.run("systemctl", "restart", "twinspan.service");
            assertThat(rig.spis()).isEqualTo(spis);
            assertThat(container.run("stat", "-c", "%U %a", "/etc/twinspan/credentials/lab-1.psk"))
                    .isEqualToIgnoringNewLines("root 600");
        } finally {
            Files.writeString(file, good);
            Files.deleteIfExists(container.path(CREDENTIALS));
            container.run("rm", "-rf", "/etc/twinspan/credentials");
            container.run("systemctl", "daemon-reload");
            container.run("systemctl", "restart", "twinspan.service");
        }
    }

    /** Tunnel 1 is preferred and well, so that traffic goes back to it as soon as nothing holds it on the other one. */
    @Test
    void whatADrillOrAnOrderForAWhileChoseDoesNotOutliveItsTimeOverARestart() throws Exception {
        container.await("traffic is on tunnel 1", ServiceRig.UP_SECONDS, () -> active() == 1);
        Thread drill = Thread.ofPlatform().start(() -> {
            try {
                post("/v1/drills/run?connection=lab&scenario=planned&for=60s");
            } catch (Exception e) {
                // The restart cuts it off.
            }
        });
        container.await("the drill has moved the traffic", ServiceRig.UP_SECONDS, () -> active() == 2);
        container.run("systemctl", "restart", "twinspan.service");
        drill.join();
        container.await("the drill's choice ended with it", ServiceRig.UP_SECONDS, () -> active() == 1);
        assertThat(post("/v1/switch?connection=lab&tunnel=2&for=25s")).contains("the policy decides again");
        container.run("systemctl", "restart", "twinspan.service");
        assertThat(active()).describedAs("the order holds over the restart").isEqualTo(2);
        container.await("the order has ended in its time", ServiceRig.UP_SECONDS, () -> active() == 1);
    }

    private int active() throws Exception {
        Matcher active = Pattern.compile("\"active\":(\\d)")
                .matcher(rig.get("/v1/status").replace(" ", ""));
        return active.find() ? Integer.parseInt(active.group(1)) : 0;
    }
}
