package io.twinspan.daemon.liveness;

/**
 * How long a path that dies in one moment goes unnoticed at most, from the last packet that it carried to the verdict, while
 * this process gets its share of CPU. Computed by the rules of {@link PathMachine}, not measured.
 *
 * @param silentNanos while packets go out: both directions die
 * @param oneWayNanos while packets go out: only ours do not arrive
 * @param idleNanos while nothing goes out, as on a standby tunnel
 * @param roundTripNanos round-trip time that this holds for
 */
public record DetectionTime(long silentNanos, long oneWayNanos, long idleNanos, long roundTripNanos) {
    /** Of a path as it is known now. */
    public static DetectionTime of(ProbePolicy policy, PathState state) {
        return of(policy, state.rtt(), BurstLength.of(policy, state.statistics()));
    }

    /**
     * Of a path with these measures.
     *
     * @param roundTripNanos smoothed round-trip time
     * @param variationNanos its mean deviation
     * @param lost of the last 64 probes
     */
    public static DetectionTime of(ProbePolicy policy, long roundTripNanos, long variationNanos, int lost) {
        return of(policy, new RttEstimator(roundTripNanos, variationNanos, 1), BurstLength.of(policy, lost));
    }

    private static DetectionTime of(ProbePolicy policy, RttEstimator rtt, int needed) {
        // The probe that gets no answer is the first of the burst; the others leave from the moment it is late.
        long suspicion = Math.max(rtt.lateNanos(policy), policy.burstNanos());
        long burst = suspicion + (needed - 2) * policy.burstNanos() + rtt.lostNanos(policy);
        // What was on its way when the path died still comes in.
        long tail = rtt.smoothedNanos();
        return new DetectionTime(
                policy.activeNanos() + burst + tail,
                policy.proofNanos() + burst + tail,
                policy.intervalNanos() + burst + policy.patienceNanos(policy.intervalNanos()) + tail,
                tail);
    }
}
