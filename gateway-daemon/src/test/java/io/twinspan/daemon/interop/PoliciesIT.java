package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.cli.TwinspanCommand;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.lab.LabFlow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Which tunnel carries what, by the connection's policy, with strongSwan behind both. */
class PoliciesIT {
    private static final int FLOWS = 12;
    private static final int ECHOES = 50;
    private static final long SECONDS = 20;

    /** A drill is refused for this long after traffic has moved. */
    private static final long SETTLE_SECONDS = 10;

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
    void drillsOfATunnelThatSharesTheTrafficMeasureItsShareAndLeaveBothCarrying() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth().withQuickLiveness().withSetting("policy: active-active"), rig -> {
            rig.awaitRedundant();
            rig.await("both carry", status -> status.carrying().equals(List.of(1, 2)));
            rig.topology().routeVpcThrough(2);
            rig.awaitTrue("settled", () -> sinceLastMove(rig).toSeconds() > SETTLE_SECONDS);
            String planned = drill(rig, "planned", "4s");
            assertThat(planned).contains("lost 0 of", "traffic moved", "PASS");
            rig.await("both carry after it", status -> status.carrying().equals(List.of(1, 2)));
            rig.awaitTrue("settled", () -> sinceLastMove(rig).toSeconds() > SETTLE_SECONDS);
            String blackhole = drill(rig, "blackhole", "3s");
            assertThat(blackhole)
                    .contains("on tunnel 1", "is down: silent for", "PASS")
                    .doesNotContain("lost 0 of");
            rig.await("both carry again", status -> status.carrying().equals(List.of(1, 2)));
        });
    }

    /** The drill that an operator would run; it must pass. */
    private static String drill(Rig rig, String scenario, String time) {
        StringWriter out = new StringWriter();
        CommandLine line = TwinspanCommand.create();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        String socket = rig.socket().toString();
        String[] words = {
            "drill",
            "run",
            scenario,
            "aws",
            "--tunnel",
            "1",
            "--for",
            time,
            "--limit",
            "3s",
            "--yes",
            "--socket",
            socket
        };
        assertThat(TwinspanCommand.execute(line, words))
                .describedAs(out.toString())
                .isZero();
        return out.toString();
    }

    private static Duration sinceLastMove(Rig rig) {
        return Duration.between(rig.status().switches().getFirst().at(), Instant.now());
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
