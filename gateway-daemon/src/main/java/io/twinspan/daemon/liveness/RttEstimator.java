package io.twinspan.daemon.liveness;

/**
 * Round-trip time of one target as RFC 6298 section 2 estimates it. Immutable.
 *
 * @param smoothedNanos SRTT; 0 before the first sample
 * @param variationNanos RTTVAR
 * @param samples how many there were
 */
public record RttEstimator(long smoothedNanos, long variationNanos, int samples) {
    /** Nothing measured. */
    public static final RttEstimator NONE = new RttEstimator(0, 0, 0);

    /** Wake-ups of a loop come this much late and mean nothing. */
    static final long LATENESS_NANOS = 3_000_000;

    /** How much longer than late an answer may be before its probe counts as lost. */
    static final long GRACE_NANOS = 10_000_000;

    private static final int ALPHA = 8;
    private static final int BETA = 4;
    private static final int K = 4;
    private static final int MANY = 1 << 30;

    /** Takes one round trip in. */
    RttEstimator with(long roundTripNanos) {
        if (samples == 0) {
            // RFC 6298 section 2.2.
            return new RttEstimator(roundTripNanos, roundTripNanos / 2, 1);
        }
        // RFC 6298 section 2.3: the variation first, with the old SRTT.
        long deviation = Math.abs(smoothedNanos - roundTripNanos);
        long variation = variationNanos + (deviation - variationNanos) / BETA;
        return new RttEstimator(
                smoothedNanos + (roundTripNanos - smoothedNanos) / ALPHA, variation, Math.min(samples, MANY) + 1);
    }

    /** An answer that takes longer than this is late, which is reason to look closer and no more. */
    long lateNanos(ProbePolicy policy) {
        if (samples == 0) {
            return policy.maxTimeoutNanos();
        }
        long expected = smoothedNanos + K * variationNanos + LATENESS_NANOS;
        // A limit below the round trip itself would call every answer lost.
        return Math.min(expected, Math.max(policy.maxTimeoutNanos(), smoothedNanos + smoothedNanos / 2));
    }

    /** A probe without an answer for this long counts as lost; an answer that comes all the same takes that back. */
    long lostNanos(ProbePolicy policy) {
        return lateNanos(policy) + GRACE_NANOS;
    }
}
