package io.twinspan.benchmarks.failover;

/**
 * What became of some packets of a numbered flow.
 *
 * @param sent packets
 * @param lost of them, those that never arrived
 * @param duplicated arrivals beyond the first
 * @param reordered packets that arrived after one with a higher number
 * @param outageNanos longest time, by the sender's instants, from the last packet that arrived before a loss to the first
 *     that arrived after it; 0 where nothing was lost
 * @param open true where the last packets were lost, so that the outage may have gone on
 * @param pacingNanos longest time between two packets at the sender: what the machine itself disturbed
 */
record FlowWindow(int sent, int lost, int duplicated, int reordered, long outageNanos, boolean open, long pacingNanos) {
    private static final double NANOS_PER_MILLISECOND = 1e6;

    double outageMillis() {
        return outageNanos / NANOS_PER_MILLISECOND;
    }

    double pacingMillis() {
        return pacingNanos / NANOS_PER_MILLISECOND;
    }
}
