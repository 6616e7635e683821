package io.twinspan.crypto.ike.sim;

/** Simulated time. What a machine sees starts anywhere, also right before the clock wraps; only differences matter. */
public final class SimClock {
    private final long startNanos;
    private long elapsedNanos;

    /** A clock that shows {@code startNanos} at first. */
    public SimClock(long startNanos) {
        this.startNanos = startNanos;
    }

    /** What {@code System.nanoTime} would have said; may wrap. */
    public long nowNanos() {
        return startNanos + elapsedNanos;
    }

    /** Nanoseconds since the world began; never wraps. */
    public long elapsedNanos() {
        return elapsedNanos;
    }

    /** The elapsed time at an instant of {@link #nowNanos}. */
    public long elapsedAt(long instantNanos) {
        return instantNanos - startNanos;
    }

    void moveTo(long elapsed) {
        if (elapsed < elapsedNanos) {
            throw new SimViolation("time would go back from " + elapsedNanos + " to " + elapsed);
        }
        elapsedNanos = elapsed;
    }
}
