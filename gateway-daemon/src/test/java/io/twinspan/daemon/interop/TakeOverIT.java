package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.lab.LabFlow;
import io.twinspan.daemon.lab.LabTopology;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A gateway that is killed under a running flow, and the next one with what it left: strongSwan notices nothing. */
class TakeOverIT {
    private static final int KILLS = 3;
    private static final int ECHOES = 200;
    private static final long SECONDS = 20;

    @Test
    void aKilledGatewayIsTakenOverWithTheSameSasAndWithoutANegotiation() throws Exception {
        Rig.runBare(Scenario.gatewayStartsBoth(), rig -> {
            rig.startPeer(1);
            rig.startPeer(2);
            HeldGateway gateway = HeldGateway.start(rig);
            gateway.awaitRedundant();
            gateway.order("/v1/switch?connection=aws&tunnel=2");
            rig.topology().routeVpcThrough(2);
            LabFlow flow = rig.flowToVpc();
            flow.awaitEchoes(ECHOES, SECONDS);
            Set<String> spis = gateway.spis();
            for (int i = 0; i < KILLS; i++) {
                gateway.kill();
                gateway.awaitRedundant();
                flow.awaitEchoes(flow.echoes() + ECHOES, SECONDS);
                assertThat(gateway.spis()).describedAs(gateway.log()).isEqualTo(spis);
            }
            assertThat(gateway.status()).describedAs("the operator's choice").contains("\"active\":2");
            // Message ids and keys of the IKE SAs are still right on both sides.
            for (int tunnel = 1; tunnel <= 2; tunnel++) {
                gateway.order("/v1/rekey?connection=aws&tunnel=" + tunnel);
                awaitChange(rig, gateway, spis);
                spis = gateway.spis();
                rig.peer(tunnel).rekeyIke();
                awaitChange(rig, gateway, spis);
                spis = gateway.spis();
            }
            flow.awaitEchoes(flow.echoes() + ECHOES, SECONDS);
            flow.stop();
            assertThat(gateway.end()).isZero();
            rig.tap().close();
            assertThat(CaptureJudge.select(rig.capture(), "isakmp.exchangetype == 34 && isakmp.flag_r == 0"))
                    .describedAs("connections")
                    .hasSize(2);
            assertNoNumberTwice(rig);
        });
    }

    private static void awaitChange(Rig rig, HeldGateway gateway, Set<String> before) {
        rig.awaitTrue("other SPIs: " + gateway.log(), () -> !gateway.spis().containsAll(before));
    }

    /** RFC 4106 section 3.1: with AES-GCM the number is the nonce. */
    private static void assertNoNumberTwice(Rig rig) {
        List<String> numbers = CaptureJudge.lines(
                rig.capture(), "esp && ip.src == " + LabTopology.GATEWAY_PUBLIC, "esp.spi", "esp.sequence");
        assertThat(numbers).hasSizeGreaterThan(KILLS * ECHOES).doesNotHaveDuplicates();
    }
}
