package io.twinspan.daemon.observe;

/** Lets the first of something through per interval, so that a flood does not fill the journal. One owner thread. */
public final class RateLimit {
    private final long intervalNanos;
    private boolean used;
    private long lastNanos;

    /** One per interval. */
    public RateLimit(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    /** True where this one may pass. */
    public boolean allows(long nowNanos) {
        if (used && nowNanos - lastNanos < intervalNanos) {
            return false;
        }
        used = true;
        lastNanos = nowNanos;
        return true;
    }
}
