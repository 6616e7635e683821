package io.twinspan.daemon.drill;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a drill showed.
 *
 * @param id names it: the day in UTC and a number
 * @param environment where it ran
 * @param startedAt when its flow began
 * @param order what was asked for
 * @param tunnel number of the tunnel under test
 * @param verdict against the limit
 * @param reason why it ended early; empty where it ran its time
 * @param faultNanos how long the fault lasted
 * @param flow to the inside address of the peer, through whichever tunnel carried the traffic
 * @param targetFlow to the target; null where there was none
 * @param traffic the users' packets
 * @param connections the users' TCP connections
 * @param moves of the traffic, in order
 * @param timeline in order
 * @param binNanos length of each of {@code bins}
 * @param firstBinNanos when the first one begins, since the fault came
 * @param bins the flow piece by piece
 */
public record DrillReport(
        String id,
        Environment environment,
        Instant startedAt,
        DrillOrder order,
        int tunnel,
        DrillVerdict verdict,
        String reason,
        long faultNanos,
        FlowResult flow,
        @Nullable FlowResult targetFlow,
        TrafficResult traffic,
        TcpResult connections,
        List<DrillMove> moves,
        List<DrillMoment> timeline,
        long binNanos,
        long firstBinNanos,
        List<FlowBin> bins) {
    public DrillReport {
        moves = List.copyOf(moves);
        timeline = List.copyOf(timeline);
        bins = List.copyOf(bins);
    }

    /**
     * Where it ran.
     *
     * @param version of the daemon
     * @param host name of the machine
     * @param system kernel and Java
     */
    public record Environment(String version, String host, String system) {}

    /** The summary that the history keeps. */
    public DrillRecord summary() {
        return new DrillRecord(
                id,
                order.scenario().text(),
                order.connection(),
                tunnel,
                startedAt,
                verdict,
                reason,
                order.limitNanos(),
                flow.outageOutNanos(),
                flow.outageInNanos(),
                flow.sent(),
                flow.lost());
    }
}
