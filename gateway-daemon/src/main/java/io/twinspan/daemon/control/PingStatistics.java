package io.twinspan.daemon.control;

import java.util.Collection;
import java.util.List;

/**
 * Figures of some pings. Times are nanoseconds, 0 where nothing was answered.
 *
 * @param sent how many left
 * @param unsent how many could not leave
 * @param received how many were answered
 * @param minNanos shortest round trip
 * @param medianNanos half were as fast
 * @param p95Nanos 95 of a hundred were as fast
 * @param maxNanos longest round trip
 * @param jitterNanos mean difference between a round trip and the next
 */
public record PingStatistics(
        int sent,
        int unsent,
        int received,
        long minNanos,
        long medianNanos,
        long p95Nanos,
        long maxNanos,
        long jitterNanos) {
    private static final double P95 = 0.95;

    /**
     * Of round trips in the order of their pings.
     *
     * @param sent how many left
     * @param unsent how many could not
     */
    static PingStatistics of(int sent, int unsent, Collection<Long> roundTrips) {
        if (roundTrips.isEmpty()) {
            return new PingStatistics(sent, unsent, 0, 0, 0, 0, 0, 0);
        }
        List<Long> inOrder = List.copyOf(roundTrips);
        List<Long> sorted = inOrder.stream().sorted().toList();
        long differences = 0;
        for (int i = 1; i < inOrder.size(); i++) {
            differences += Math.abs(inOrder.get(i) - inOrder.get(i - 1));
        }
        return new PingStatistics(
                sent,
                unsent,
                sorted.size(),
                sorted.getFirst(),
                rank(sorted, 0.5),
                rank(sorted, P95),
                sorted.getLast(),
                sorted.size() == 1 ? 0 : differences / (sorted.size() - 1));
    }

    /** The smallest value that so large a share does not exceed. */
    private static long rank(List<Long> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    /** Share of those sent that were not answered, 0 to 1. */
    public double loss() {
        return sent == 0 ? 1 : (sent - received) / (double) sent;
    }
}
