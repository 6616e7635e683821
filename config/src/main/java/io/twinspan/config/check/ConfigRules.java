package io.twinspan.config.check;

import io.twinspan.config.bind.ConnectionView;
import io.twinspan.config.bind.Section;
import io.twinspan.config.bind.TunnelView;
import io.twinspan.config.source.ProblemSink;
import java.util.List;

/** Runs every rule except the one on secrets. */
public final class ConfigRules {
    private ConfigRules() {}

    /** Checks a decoded document; problems go to the sink. */
    public static void check(Section document, List<ConnectionView> connections, ProblemSink problems) {
        DataPlaneRules.check(document, problems);
        for (ConnectionView connection : connections) {
            StructureRules.check(connection, problems);
            PrefixRules.check(connection, problems);
            for (TunnelView tunnel : connection.tunnels()) {
                StructureRules.check(tunnel, problems);
                InsideAddressRules.check(tunnel, problems);
                SuiteRules.check(tunnel, problems);
                TimerRules.check(tunnel, problems);
                ProbeRules.check(connection, tunnel, problems);
            }
        }
        StructureRules.checkAcross(connections, problems);
        List<TunnelView> tunnels = connections.stream()
                .flatMap(connection -> connection.tunnels().stream())
                .toList();
        UniquenessRules.check(connections, tunnels, problems);
        PrefixRules.checkAcross(connections, problems);
    }
}
