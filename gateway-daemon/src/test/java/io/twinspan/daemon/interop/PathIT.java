package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.control.RekeyKind;
import io.twinspan.daemon.lab.LabFlow;
import io.twinspan.daemon.lab.LabNamespace;
import io.twinspan.daemon.lab.LabTopology;
import io.twinspan.daemon.lab.StreamCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that are not kind: lossy, narrow, behind a NAT that forgets, or used from both ends at once. */
class PathIT {
    /** One packet of so many is lost, in turn rather than at random, so that no run is unluckier than another. */
    private static final int EVERY = 5;

    private static final int STREAM_BYTES = 2 << 20;
    private static final int ECHOES = 50;
    private static final long SECONDS = 20;

    @Test
    void aLossyPathStillConnectsAndRekeys() throws Exception {
        Rig.runBare(Scenario.gatewayStartsBoth().withLiveness("2s", "10s", 30), rig -> {
            rig.topology()
                    .internet()
                    .run(
                            "nft",
                            "add table ip lab; add chain ip lab loss { type filter hook forward priority 0; };"
                                    + " add rule ip lab loss numgen random mod " + EVERY + " == 0 drop");
            rig.startPeer(1);
            rig.startPeer(2);
            rig.startGateway();
            rig.awaitRedundant();
            rig.switchTo(1);
            rig.rekey(1, RekeyKind.ESP);
            rig.rekey(1, RekeyKind.IKE);
            rig.rekey(1, RekeyKind.ESP);
            rig.topology().internet().run("nft", "delete table ip lab");
            rig.assertTrafficPasses(100);
        });
    }

    @ParameterizedTest(name = "behind a NAT: {0}")
    @ValueSource(booleans = {false, true})
    void streamsAndLargePacketsPassBothWays(boolean nat) throws Exception {
        Scenario scenario = Scenario.gatewayStartsBoth();
        Rig.run(nat ? scenario.behindNat() : scenario, rig -> {
            rig.awaitRedundant();
            for (int tunnel = 1; tunnel <= 2; tunnel++) {
                rig.switchTo(tunnel);
                rig.assertTrafficPasses(100);
                stream(rig.topology().hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST);
                stream(rig.topology().vpc(), LabTopology.VPC_HOST, LabTopology.ON_PREM_HOST);
                // The host's first packet may be refused with the size that fits; it then sends fragments of that size.
                echo(rig, 1_472);
                echo(rig, 4_000);
            }
        });
    }

    @Test
    void tunnelsThatBothSidesStartAtOnceCarryTraffic() throws Exception {
        Rig.runBare(Scenario.gatewayStartsBoth(), rig -> {
            rig.startPeer(1);
            rig.startPeer(2);
            rig.startGateway();
            rig.peer(1).initiate();
            rig.peer(2).initiate();
            rig.awaitRedundant();
            for (int tunnel = 1; tunnel <= 2; tunnel++) {
                rig.switchTo(tunnel);
                try (LabFlow flow = rig.flowToVpc()) {
                    flow.awaitEchoes(ECHOES, SECONDS);
                }
            }
            rig.await("still both tunnels", status -> status.redundant());
        });
    }

    @Test
    void aNatThatForgetsItsMappingsIsSurvived() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth().withQuickLiveness().behindNat(), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            LabNamespace router = rig.topology().nat();
            try (LabFlow flow = rig.flowToVpc()) {
                flow.awaitEchoes(ECHOES, SECONDS);
                // A device that goes down takes its masquerading with it; the next mapping gets another port.
                router.run(
                        "nft",
                        "flush chain ip lab out; add rule ip lab out oifname outside0 meta l4proto udp"
                                + " masquerade to :30000-30999");
                router.run("ip", "link", "set", "outside0", "down");
                router.run("ip", "link", "set", "outside0", "up");
                router.route("default", "198.51.100.1");
                flow.awaitEchoes(flow.echoes() + ECHOES, SECONDS);
                assertThat(rig.peer(1).securityAssociations()).containsPattern("198\\.51\\.100\\.2\\[30\\d\\d\\d\\]");
            }
            // While the link was down the path was dead; the SAs outlive that.
            assertThat(rig.count("ike.established", 1)).isOne();
            rig.rekeyByPeer(1, RekeyKind.ESP);
            rig.assertTrafficPasses(100);
        });
    }

    private static void stream(LabNamespace from, String source, String target) {
        assertThat(StreamCheck.run(from, source, target, STREAM_BYTES)).isPositive();
    }

    private static void echo(Rig rig, int payloadBytes) {
        try (LabFlow flow = LabFlow.start(
                rig.topology().hostA(), LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, 2, payloadBytes)) {
            flow.awaitEchoes(ECHOES, SECONDS);
        }
    }
}
