package io.twinspan.daemon.dataplane;

/** A token bucket. Owned by one loop; the caller brings the time. */
final class RateLimit {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long nanosPerToken;
    private final long burstNanos;
    private long credit;
    private long lastNanos;
    private boolean started;

    RateLimit(int perSecond, int burst) {
        nanosPerToken = NANOS_PER_SECOND / perSecond;
        burstNanos = nanosPerToken * burst;
        credit = burstNanos;
    }

    /** Takes a token; false where none is left. */
    boolean allow(long nowNanos) {
        if (started) {
            long passed = Math.clamp(nowNanos - lastNanos, 0, burstNanos);
            credit = Math.min(burstNanos, credit + passed);
        }
        started = true;
        lastNanos = nowNanos;
        if (credit < nanosPerToken) {
            return false;
        }
        credit -= nanosPerToken;
        return true;
    }
}
