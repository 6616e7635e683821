package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.lab.LabFlow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which tunnel carries what, by the connection's policy, with strongSwan behind both. */
class PoliciesIT {
    private static final int FLOWS = 12;
    private static final int ECHOES = 50;
    private static final long SECONDS = 20;

    @Test
    void bothTunnelsShareTheFlowsAndOneTakesAllWhileTheOtherIsDead() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth().withQuickLiveness().withSetting("policy: active-active"), rig -> {
            rig.awaitRedundant();
            rig.await("both carry", status -> status.carrying().equals(List.of(1, 2)));
            rig.topology().routeVpcThrough(2);
            List<LabFlow> flows = new ArrayList<>();
            for (int i = 0; i < FLOWS; i++) {
                flows.add(rig.flowToVpc());
            }
            flows.forEach(flow -> flow.awaitEchoes(ECHOES, SECONDS));
            assertThat(rig.tunnel(1).traffic().packetsOut()).isGreaterThan(ECHOES);
            assertThat(rig.tunnel(2).traffic().packetsOut()).isGreaterThan(ECHOES);
            rig.topology().cut(1);
            rig.await("tunnel 2 carries all", status -> status.carrying().equals(List.of(2)));
            flows.forEach(flow -> flow.awaitEchoes(flow.echoes() + ECHOES, SECONDS));
            rig.topology().heal(1);
            rig.await("both carry again", status -> status.carrying().equals(List.of(1, 2)));
            flows.forEach(flow -> flow.awaitEchoes(flow.echoes() + ECHOES, SECONDS));
            // A gateway that was stopped protects nothing any more.
            flows.forEach(LabFlow::stop);
        });
    }

    @Test
    void trafficFollowsThePeerToTheTunnelThatItSendsThrough() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth().withSetting("policy: follow-aws"), rig -> {
            rig.awaitRedundant();
            for (int tunnel : new int[] {2, 1, 2}) {
                rig.topology().routeVpcThrough(tunnel);
                LabFlow flow = rig.flowToOnPrem();
                flow.awaitEchoes(ECHOES, SECONDS);
                rig.await("traffic follows to tunnel " + tunnel, status -> status.activeTunnel() == tunnel);
                assertThat(flow.stop().lost())
                        .describedAs(flow.describeLosses())
                        .isZero();
            }
            assertThat(rig.status().switches()).describedAs("nothing broke").noneMatch(move -> move.failure());
            assertThat(rig.status()).matches(ConnectionStatus::redundant);
        });
    }
}
