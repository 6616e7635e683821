package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.control.ConnectionState;
import io.twinspan.daemon.lab.LabFlow;
import io.twinspan.daemon.lab.LabTopology;
import io.twinspan.daemon.lab.PlaintextTap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plaintext of protected networks never leaves outside a tunnel; a clean end leaves nothing, a crash leaves only blackholes. */
class FailClosedIT {
    private static final int PROBES = 100;
    private static final long SECONDS = 20;
    private static final int OUR_ROUTE_PROTOCOL = 0x54;

    /** The capture of the rig watches throughout; the host never stops sending. */
    @Test
    void e23_nothingLeavesInTheClearBeforeTheFirstTunnelNorAfterAKillNorDuringTheNextStart() throws Exception {
        Rig.runBare(Scenario.gatewayStartsBoth().withQuickLiveness(), rig -> {
            GatewayProcess first = GatewayProcess.start(rig);
            first.awaitProtection();
            LabFlow flow = rig.flowToVpc();
            awaitSent(rig, flow);
            assertThat(flow.echoes()).describedAs("no tunnel, no traffic").isZero();
            rig.startPeer(1);
            rig.startPeer(2);
            flow.awaitEchoes(PROBES, SECONDS);
            first.kill();
            assertThat(GatewayProcess.isBlackholed(rig))
                    .describedAs("routes stay on the blackhole after a kill")
                    .isTrue();
            int echoes = flow.echoes();
            awaitSent(rig, flow);
            assertThat(flow.echoes()).isLessThanOrEqualTo(echoes + 1);
            GatewayProcess second = GatewayProcess.start(rig);
            flow.awaitEchoes(echoes + PROBES, SECONDS);
            flow.close();
            assertThat(second.terminate())
                    .describedAs("exit code after SIGTERM")
                    .isZero();
            assertNothingOfOursIsLeft(rig);
        });
    }

    @Test
    void e23_bothTunnelsLostRefusesWithIcmpAndLeaksNothing() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth().withQuickLiveness(), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            Path hostCapture = rig.folder().resolve("host.pcap");
            try (PlaintextTap _ = PlaintextTap.start(rig.topology().hostA(), "eth0", List.of(), hostCapture);
                    LabFlow flow = rig.flowToVpc()) {
                flow.awaitEchoes(PROBES, SECONDS);
                rig.topology().cut(1);
                rig.topology().cut(2);
                rig.await("connection down", status -> status.state() == ConnectionState.DOWN);
                awaitSent(rig, flow);
                rig.topology().heal(1);
                rig.topology().heal(2);
                flow.awaitEchoes(flow.echoes() + PROBES, SECONDS);
            }
            assertThat(CaptureJudge.select(
                            hostCapture,
                            "icmp.type == 3 && ip.dst == " + LabTopology.ON_PREM_HOST + " && icmp.code != 4"))
                    .describedAs("refusals that the host got while both tunnels were down")
                    .isNotEmpty();
        });
    }

    @Test
    void aCleanStopLeavesTheHostAsItWas() throws Exception {
        Rig.runBare(Scenario.gatewayStartsBoth().withQuickLiveness(), rig -> {
            List<String> before = hostNetwork(rig);
            rig.startPeer(1);
            rig.startPeer(2);
            rig.startGateway();
            rig.awaitRedundant();
            rig.switchTo(1);
            rig.assertTrafficPasses(100);
            assertThat(hostNetwork(rig)).isNotEqualTo(before);
            assertThat(rig.socket()).exists();
            rig.stopGateway();
            assertThat(hostNetwork(rig)).isEqualTo(before);
            assertNothingOfOursIsLeft(rig);
            for (int tunnel = 1; tunnel <= 2; tunnel++) {
                assertThat(rig.peer(tunnel).securityAssociations())
                        .describedAs("strongSwan has heard our DELETE on tunnel %d", tunnel)
                        .doesNotContain("ESTABLISHED");
            }
        });
    }

    private static void awaitSent(Rig rig, LabFlow flow) {
        int before = flow.snapshot().sent();
        rig.awaitTrue("the host keeps sending", () -> flow.snapshot().sent() >= before + PROBES);
    }

    private static void assertNothingOfOursIsLeft(Rig rig) {
        for (String family : List.of("-4", "-6")) {
            assertThat(rig.topology()
                            .gateway()
                            .run(
                                    "ip",
                                    family,
                                    "route",
                                    "show",
                                    "table",
                                    "all",
                                    "proto",
                                    Integer.toString(OUR_ROUTE_PROTOCOL)))
                    .isEmpty();
        }
        assertThat(rig.topology().gateway().run("ip", "-br", "link")).doesNotContain(GatewayFiles.DEVICE);
        assertThat(rig.socket()).doesNotExist();
        assertThat(Files.exists(Path.of(rig.socket() + ".lock"))).isFalse();
    }

    private static List<String> hostNetwork(Rig rig) {
        return List.of(
                rig.topology().gateway().run("ip", "-4", "route", "show", "table", "all"),
                rig.topology().gateway().run("ip", "-4", "rule", "show"),
                rig.topology().gateway().run("ip", "-4", "-br", "address"),
                rig.topology().gateway().run("ip", "-br", "link"));
    }
}
