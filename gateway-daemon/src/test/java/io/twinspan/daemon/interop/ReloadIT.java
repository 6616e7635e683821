package io.twinspan.daemon.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.diff.ConfigChange;
import io.twinspan.config.source.Problem;
import io.twinspan.daemon.control.ConfigAnswer;
import io.twinspan.daemon.control.ConfigApi;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.lab.LabFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The configuration of a gateway with traffic is changed: what does not differ keeps its SAs and loses no packet. */
class ReloadIT {
    private static final int SETTLE_ECHOES = 50;
    private static final long SETTLE_SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final String OTHER = """
              other:
                device: other0
                local: [10.1.0.0/24]
                remote: [192.168.77.0/24]
                identity: {local: 198.51.100.2}
                tunnels:
                  - psk-file: other.psk
                    outside: {remote: 203.0.113.77}
                    inside: {local: 169.254.77.2/30, remote: 169.254.77.1}
            """;

    @Test
    void settingsThatInterruptNothingTouchNoSaAndLoseNothing() throws Exception {
        underFlow(flow -> {
            flow.edit(
                    "liveness: {interval: 5s, timeout: 10s}",
                    "liveness: {interval: 4s, timeout: 8s}\n"
                            + "    probe: {interval: 700ms}\n    df: honor\n    fail-back: 3m");
            flow.edit("remote: [172.31.0.0/16]", "remote: [172.31.0.0/16, 172.20.0.0/16]");

            List<ConfigChange> changes = flow.changes();
            assertThat(changes).extracting(change -> change.disturbs().label()).containsOnly("live");
            assertThat(flow.apply(Duration.ZERO)).isEqualTo(new ConfigAnswer.Done("applied", 0));

            assertThat(flow.changes()).describedAs("what still differs").isEmpty();
            flow.assertUntouched(Set.of(1, 2));
            assertThat(flow.routes()).contains("blackhole 172.20.0.0/16", "172.20.0.0/16 dev " + GatewayFiles.DEVICE);
            flow.edit(", 172.20.0.0/16", "");
            assertThat(flow.apply(Duration.ZERO)).isInstanceOf(ConfigAnswer.Done.class);
            assertThat(flow.routes()).doesNotContain("172.20.0.0").contains("blackhole 172.31.0.0/16");
            flow.assertUntouched(Set.of(1, 2));
        });
    }

    @Test
    void oneTunnelRenegotiatesWhileTheOtherCarriesOn() throws Exception {
        underFlow(flow -> {
            flow.editTunnel(2, "encapsulation: udp");

            assertThat(flow.changes()).extracting(ConfigChange::tunnel).containsOnly(2);
            assertThat(flow.apply(Duration.ZERO)).isEqualTo(new ConfigAnswer.Done("applied", 0));

            flow.assertUntouched(Set.of(1));
            assertThat(flow.spis(2)).describedAs("SPIs of tunnel 2").isNotEqualTo(flow.before(2));
            assertThat(flow.rig.tunnel(2).state()).isEqualTo(TunnelState.STANDBY);
        });
    }

    @Test
    void theTunnelThatCarriesTrafficIsLeftBeforeItRenegotiatesAndNothingIsLost() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth(), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            // What the peer still sends through tunnel 1 when that goes is not ours to lose.
            rig.topology().routeVpcThrough(2);
            Flow flow = new Flow(rig);
            flow.editTunnel(1, "encapsulation: udp");
            flow.start(List.of(rig.flowToVpc(), rig.flowToOnPrem()));
            flow.settle();

            assertThat(flow.changes()).extracting(ConfigChange::tunnel).containsOnly(1);
            assertThat(flow.apply(Duration.ZERO)).isEqualTo(new ConfigAnswer.Done("applied", 0));

            flow.settle();
            // Before the gateway stops, which takes away the routes that keep these packets from leaving in clear.
            flow.assertNothingLost();
            assertThat(flow.spis(1)).describedAs("SPIs of tunnel 1").isNotEqualTo(flow.before(1));
            assertThat(flow.spis(2)).describedAs("SPIs of tunnel 2").isEqualTo(flow.before(2));
            assertThat(moves(rig)).contains("1>2");
            assertThat(rig.count("connection.failover", 0))
                    .describedAs("fail-overs")
                    .isZero();
        });
    }

    private static List<String> moves(Rig rig) {
        return rig.events().stream()
                .filter(event -> event.type().equals("connection.switched"))
                .map(event -> event.fields().get("from") + ">" + event.fields().get("to"))
                .toList();
    }

    @Test
    void bothTunnelsRenegotiateOneAfterTheOtherAndTheStandbyFirst() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth(), rig -> {
            rig.awaitRedundant();
            assertThat(rig.status().activeTunnel()).isEqualTo(1);
            Flow flow = new Flow(rig);
            flow.edit("hold-down: 1s", "hold-down: 1s\n    encapsulation: udp");

            assertThat(flow.changes()).extracting(ConfigChange::tunnel).containsExactly(1, 2);
            CompletableFuture<ConfigAnswer> answer = flow.begin(Duration.ZERO);
            assertThat(answer.orTimeout(30, TimeUnit.SECONDS).join()).isInstanceOf(ConfigAnswer.Done.class);

            rig.awaitRedundant();
            assertThat(moves(rig)).endsWith("1>2", "2>1");
            assertThat(rig.count("connection.failover", 0))
                    .describedAs("fail-overs")
                    .isZero();
        });
    }

    @Test
    void aConnectionComesAndGoesBesideAnother() throws Exception {
        underFlow(flow -> {
            Files.copy(flow.rig.folder().resolve("aws-1.psk"), flow.rig.folder().resolve("other.psk"));
            Files.writeString(flow.file, Files.readString(flow.file) + OTHER);
            assertThat(flow.apply(Duration.ZERO)).isEqualTo(new ConfigAnswer.Done("applied", 0));
            assertThat(flow.routes())
                    .contains("blackhole 192.168.77.0/24", "192.168.77.0/24 dev other0", "blackhole 172.31.0.0/16");
            flow.assertUntouched(Set.of(1, 2));

            Files.writeString(flow.file, Files.readString(flow.file).replace(OTHER, ""));
            assertThat(flow.apply(Duration.ZERO)).isEqualTo(new ConfigAnswer.Done("applied", 0));
            assertThat(flow.routes()).doesNotContain("192.168.77.0", "other0").contains("blackhole 172.31.0.0/16");
            assertThat(flow.devices()).doesNotContain("other0").contains(GatewayFiles.DEVICE);
            flow.assertUntouched(Set.of(1, 2));
        });
    }

    @Test
    void aConnectionThatHasToBeBuiltAnewComesBack() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth(), rig -> {
            rig.awaitRedundant();
            Flow flow = new Flow(rig);
            flow.edit("device: twin0", "device: twin7");
            assertThat(flow.apply(Duration.ZERO)).isEqualTo(new ConfigAnswer.Done("applied", 0));
            rig.awaitRedundant();
            assertThat(flow.devices()).contains("twin7").doesNotContain("twin0");
            rig.topology().routeVpcThrough(rig.status().activeTunnel());
            rig.assertTrafficPasses(200);
        });
    }

    @Test
    void aFileWithErrorsChangesNothingAndTellsThemAllWithTheirPlaces() throws Exception {
        underFlow(flow -> {
            flow.edit("hold-down: 1s", "hold-downn: 1s\n    uplink-mtu: 12");
            assertThat(flow.apply(Duration.ZERO)).isInstanceOfSatisfying(ConfigAnswer.Invalid.class, invalid -> {
                assertThat(invalid.problems())
                        .extracting(Problem::path)
                        .contains("connections.aws.hold-downn", "connections.aws.uplink-mtu");
                assertThat(invalid.problems()).allSatisfy(problem -> {
                    assertThat(problem.at().file()).isEqualTo(flow.file.toString());
                    assertThat(problem.at().line()).isGreaterThan(1);
                });
            });
            assertThat(flow.rig.count("config.rejected", 0)).isEqualTo(1);
            flow.assertUntouched(Set.of(1, 2));
        });
    }

    @Test
    void aChangeThatNobodyConfirmsIsRolledBackAlsoForTheNextStart() throws Exception {
        underFlow(flow -> {
            flow.edit("hold-down: 1s", "hold-down: 3s");
            assertThat(flow.apply(Duration.ofSeconds(1)))
                    .isInstanceOfSatisfying(
                            ConfigAnswer.Done.class,
                            done -> assertThat(done.confirmSeconds()).isEqualTo(1));
            assertThat(flow.begin(Duration.ZERO).join())
                    .describedAs("a second apply meanwhile")
                    .isInstanceOf(ConfigAnswer.Refused.class);
            flow.rig.awaitTrue("rolled back", () -> flow.rig.count("config.rolled-back", 0) == 1);
            assertThat(flow.changes()).hasSize(1);
            flow.assertUntouched(Set.of(1, 2));
        });
    }

    @Test
    void aDaemonThatEndedBeforeTheConfirmationStartsWithWhatWasConfirmed() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth(), rig -> {
            rig.awaitRedundant();
            Flow flow = new Flow(rig);
            flow.edit("hold-down: 1s", "hold-down: 3s");
            assertThat(flow.apply(Duration.ofMinutes(5))).isInstanceOf(ConfigAnswer.Done.class);
            assertThat(flow.changes()).isEmpty();
            rig.stopGateway();

            rig.startGateway(flow.file);
            assertThat(flow.changes()).extracting(ConfigChange::text).containsExactly("1s -> 3s");
            rig.awaitRedundant();
            assertThat(flow.apply(Duration.ofMinutes(5))).isInstanceOf(ConfigAnswer.Done.class);
            assertThat(rig.config().confirm("test").join()).isEqualTo(new ConfigAnswer.Done("confirmed", 0));
            rig.stopGateway();

            rig.startGateway(flow.file);
            assertThat(flow.changes()).isEmpty();
            assertThat(rig.config().rollback("test").join())
                    .isEqualTo(new ConfigAnswer.Done("back at what was confirmed before", 0));
            assertThat(flow.changes()).extracting(ConfigChange::text).containsExactly("1s -> 3s");
        });
    }

    @Test
    void aTunnelThatDoesNotComeBackBringsTheWholeChangeBack() throws Exception {
        underFlow(flow -> {
            Path key = flow.rig.folder().resolve("aws-2.psk");
            byte[] right = Files.readAllBytes(key);
            Files.write(key, "wrong.Tunnel_Key_000111222333\n".getBytes(UTF_8));
            assertThat(flow.changes()).extracting(ConfigChange::text).containsExactly("changed");

            ConfigAnswer answer = flow.rig
                    .config()
                    .apply(new ConfigApi.Order("test", Duration.ZERO, Duration.ofSeconds(2)))
                    .join();

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            ConfigAnswer.RolledBack.class,
                            back -> assertThat(back.message())
                                    .contains("tunnel aws/2 did not come back within 2 s")
                                    .doesNotContain("wrong.Tunnel", new String(right, UTF_8).strip()));
            flow.rig.await("both tunnels up again", ConnectionStatus::redundant);
            flow.assertUntouched(Set.of(1));
        });
    }

    @FunctionalInterface
    private interface Change {
        void run(Flow flow) throws Exception;
    }

    private static void underFlow(Change change) throws Exception {
        Rig.run(Scenario.gatewayStartsBoth(), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            Flow flow = new Flow(rig);
            flow.start(List.of(rig.flowToVpc(), rig.flowToOnPrem()));
            flow.settle();
            change.run(flow);
            flow.settle();
            flow.assertNothingLost();
        });
    }

    /** Traffic through tunnel 1, and what stood before the change. */
    private static final class Flow {
        private final Rig rig;
        private final Path file;
        private final List<String> spis;
        private List<LabFlow> flows = List.of();

        Flow(Rig rig) {
            this.rig = rig;
            this.file = rig.folder().resolve("twinspan.yaml");
            this.spis = List.of(spis(1), spis(2));
        }

        void start(List<LabFlow> newFlows) {
            flows = newFlows;
        }

        void settle() {
            flows.forEach(flow -> flow.awaitEchoes(flow.echoes() + SETTLE_ECHOES, SETTLE_SECONDS));
        }

        String before(int tunnel) {
            return spis.get(tunnel - 1);
        }

        String spis(int tunnel) {
            return rig.tunnel(tunnel).ikeSas().stream().map(sa -> sa.localSpi()).toList() + " "
                    + rig.tunnel(tunnel).childSas().stream()
                            .map(child -> child.inboundSpi() + "/" + child.outboundSpi())
                            .toList();
        }

        void edit(String from, String to) throws IOException {
            String text = Files.readString(file);
            assertThat(text).contains(from);
            Files.writeString(file, text.replace(from, to));
        }

        void editTunnel(int tunnel, String lines) throws IOException {
            edit("psk-file: aws-" + tunnel + ".psk", "psk-file: aws-" + tunnel + ".psk\n        " + lines);
        }

        List<ConfigChange> changes() {
            ConfigAnswer answer = rig.config().diff().join();
            assertThat(answer).isInstanceOf(ConfigAnswer.Compared.class);
            return ((ConfigAnswer.Compared) answer)
                    .preview().lines().stream().map(line -> line.change()).toList();
        }

        CompletableFuture<ConfigAnswer> begin(Duration confirm) {
            return rig.config().apply(new ConfigApi.Order("test", confirm, PATIENCE));
        }

        ConfigAnswer apply(Duration confirm) {
            return begin(confirm).orTimeout(60, TimeUnit.SECONDS).join();
        }

        String routes() {
            return rig.topology().gateway().run("ip", "route", "show", "table", "all");
        }

        String devices() {
            return rig.topology().gateway().run("ip", "-brief", "link");
        }

        void assertUntouched(Set<Integer> tunnels) {
            tunnels.forEach(tunnel -> assertThat(spis(tunnel))
                    .describedAs("SAs of tunnel %d", tunnel)
                    .isEqualTo(before(tunnel)));
            assertThat(rig.status().activeTunnel()).isEqualTo(1);
        }

        void assertNothingLost() {
            for (LabFlow flow : flows) {
                LabFlow.Result result = flow.stop();
                assertThat(result.lost())
                        .describedAs("lost of %d probes: %s", result.sent(), flow.describeLosses())
                        .isZero();
            }
        }
    }
}
