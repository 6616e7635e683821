package io.twinspan.daemon.queue;

/**
 * One limit, as the time until which the units sent so far keep a line of that rate busy (a token bucket counted in
 * time). Without a limit it is always free.
 */
final class RateMeter {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long unitsPerSecond;
    private final long aheadNanos;
    private long busyUntilNanos;
    private long overpaid;
    private boolean started;

    /**
     * @param unitsPerSecond 0 for no limit
     * @param burstNanos how much of the rate may pass at once
     * @param largestSpend the most that is spent in one go; it is kept free within the burst
     */
    RateMeter(long unitsPerSecond, long burstNanos, long largestSpend) {
        this.unitsPerSecond = unitsPerSecond;
        long cost = unitsPerSecond == 0 ? 0 : Math.ceilDiv(largestSpend * NANOS_PER_SECOND, unitsPerSecond);
        aheadNanos = Math.max(0, burstNanos - cost);
    }

    /** How long from now until something may be spent; 0 or less for now. */
    long waitNanos(long nowNanos) {
        return started ? busyUntilNanos - aheadNanos - nowNanos : 0;
    }

    void spend(long units, long nowNanos) {
        if (unitsPerSecond == 0) {
            return;
        }
        if (!started || busyUntilNanos - nowNanos < 0) {
            started = true;
            busyUntilNanos = nowNanos;
            overpaid = 0;
        }
        // What rounding up to whole nanoseconds took too much is given back the next time, so that the rate is exact.
        long owed = units * NANOS_PER_SECOND - overpaid;
        long nanos = Math.ceilDiv(owed, unitsPerSecond);
        overpaid = nanos * unitsPerSecond - owed;
        busyUntilNanos += nanos;
    }
}
