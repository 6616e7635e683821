package io.twinspan.daemon.liveness;

/**
 * What is known of one target. Immutable.
 *
 * @param rtt its round-trip time
 * @param proven true where it has answered since the path came up
 * @param mute true where it stopped answering while others go on: it is asked now and then, and counts as dead
 * @param misses probes in a row that were lost after the last one that was answered
 * @param answeredSentNanos when the newest answered probe was sent
 * @param askedNanos when it was last asked
 */
record TargetStanding(
        RttEstimator rtt, boolean proven, boolean mute, int misses, long answeredSentNanos, long askedNanos) {
    static TargetStanding unknown(RttEstimator rtt, long nowNanos) {
        return new TargetStanding(rtt, false, false, 0, nowNanos, nowNanos);
    }

    TargetStanding asked(long nowNanos) {
        return new TargetStanding(rtt, proven, mute, misses, answeredSentNanos, nowNanos);
    }

    TargetStanding missed() {
        return new TargetStanding(rtt, proven, mute, misses + 1, answeredSentNanos, askedNanos);
    }

    TargetStanding answered(long roundTripNanos, long sentNanos, int missesSince) {
        return new TargetStanding(rtt.with(roundTripNanos), true, false, missesSince, sentNanos, askedNanos);
    }

    /** An answer that tells the round trip, but to a probe older than one that was answered before. */
    TargetStanding measured(long roundTripNanos) {
        return new TargetStanding(rtt.with(roundTripNanos), true, false, misses, answeredSentNanos, askedNanos);
    }

    TargetStanding muted() {
        return new TargetStanding(rtt, proven, true, misses, answeredSentNanos, askedNanos);
    }
}
