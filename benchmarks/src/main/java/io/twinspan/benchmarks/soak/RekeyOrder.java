package io.twinspan.benchmarks.soak;

import io.twinspan.benchmarks.gateway.GatewayProcess;
import io.twinspan.benchmarks.gateway.PairPlan;
import io.twinspan.benchmarks.throughput.BenchException;
import java.util.ArrayList;
import java.util.List;

/**
 * When who rekeys what: a child SA and an IKE SA in every period, half a period apart, the sides taking turns.
 *
 * @param orderedAtNanos when, on this process's clock
 * @param side {@code a} or {@code b}
 * @param sa {@code esp} or {@code ike}
 */
record RekeyOrder(long orderedAtNanos, String side, String sa) {
    /** Everything that is to be done in a run; the first after a quarter of a period. */
    static List<RekeyOrder> schedule(long startNanos, long periodNanos, long durationNanos) {
        List<RekeyOrder> schedule = new ArrayList<>();
        for (int half = 0; ; half++) {
            long offset = periodNanos / 4 + half * periodNanos / 2;
            if (offset >= durationNanos) {
                return schedule;
            }
            boolean child = half % 2 == 0;
            boolean byA = half / 2 % 2 == 0;
            schedule.add(new RekeyOrder(startNanos + offset, byA == child ? "a" : "b", child ? "esp" : "ike"));
        }
    }

    /** Gives the order; what a gateway refuses is told and counts as not done. */
    boolean order(GatewayProcess a, GatewayProcess b) {
        try {
            (side.equals("a") ? a : b).control().rekey(PairPlan.connection(0), sa);
            return true;
        } catch (BenchException e) {
            System.err.println(e.getMessage());
            return false;
        }
    }
}
