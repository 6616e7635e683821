package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.control.RekeyKind;
import io.twinspan.daemon.lab.LabFlow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rekeying under a running flow loses nothing, whoever starts it. */
class RekeyIT {
    private static final int CHILD_REKEYS = 3;
    private static final int SETTLE_ECHOES = 50;
    private static final long SETTLE_SECONDS = 10;

    @Test
    void rekeysOfBothSidesLoseNothingWhenWeStarted() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth(), RekeyIT::rekeyUnderFlow);
    }

    @Test
    void rekeysOfBothSidesLoseNothingWhenStrongSwanStarted() throws Exception {
        Rig.run(Scenario.peerStartsBoth(), RekeyIT::rekeyUnderFlow);
    }

    @Test
    void rekeysOfBothSidesLoseNothingBehindANat() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth().behindNat(), rig -> {
            rig.awaitRedundant();
            assertThat(rig.tunnel(1).ikeSas().getFirst().natLocal())
                    .describedAs("we are behind a NAT")
                    .isTrue();
            rekeyUnderFlow(rig);
        });
    }

    @ParameterizedTest(name = "{0}, held up: {1}")
    @CsvSource({"ESP, us", "ESP, strongSwan", "IKE, us", "IKE, strongSwan"})
    void rekeysOfBothSidesAtOnceLoseNothing(RekeyKind kind, String heldUp) throws Exception {
        // Liveness must not lose patience while the requests are held up, and a redundant IKE SA must go within the
        // limit.
        Rig.run(Scenario.gatewayStartsBoth().withLiveness("5s", "8s", 30), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            List<LabFlow> flows = List.of(rig.flowToVpc(), rig.flowToOnPrem());
            settle(flows);
            rig.rekeyByBoth(1, kind, heldUp.equals("us"));
            settle(flows);
            if (heldUp.equals("strongSwan")) {
                assertThat(rig.peer(1).log())
                        .contains("detected " + (kind == RekeyKind.IKE ? "IKE" : "CHILD") + "_REKEY collision");
            }
            // What is left works: both sides can rekey it once more.
            rig.rekey(1, RekeyKind.ESP);
            settle(flows);
            rig.rekeyByPeer(1, RekeyKind.ESP);
            settle(flows);
            assertNothingLost(rig, flows);
        });
    }

    private static void rekeyUnderFlow(Rig rig) {
        rig.awaitRedundant();
        rig.switchTo(1);
        List<LabFlow> flows = List.of(rig.flowToVpc(), rig.flowToOnPrem());
        settle(flows);
        for (int i = 0; i < CHILD_REKEYS; i++) {
            rig.rekey(1, RekeyKind.ESP);
            settle(flows);
            rig.rekeyByPeer(1, RekeyKind.ESP);
            settle(flows);
        }
        rig.rekey(1, RekeyKind.IKE);
        settle(flows);
        rig.rekeyByPeer(1, RekeyKind.IKE);
        settle(flows);
        // The new IKE SA works: it can rekey the child that it inherited.
        rig.rekey(1, RekeyKind.ESP);
        settle(flows);
        assertNothingLost(rig, flows);
    }

    private static void assertNothingLost(Rig rig, List<LabFlow> flows) {
        for (LabFlow flow : flows) {
            LabFlow.Result result = flow.stop();
            assertThat(result.lost())
                    .describedAs("lost of %d probes: %s", result.sent(), flow.describeLosses())
                    .isZero();
        }
        assertThat(rig.status().activeTunnel()).isEqualTo(1);
        assertThat(rig.count("tunnel.down", 1)).isZero();
    }

    private static void settle(List<LabFlow> flows) {
        flows.forEach(flow -> flow.awaitEchoes(flow.echoes() + SETTLE_ECHOES, SETTLE_SECONDS));
    }
}
