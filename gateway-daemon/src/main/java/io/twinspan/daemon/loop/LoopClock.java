package io.twinspan.daemon.loop;

import io.netty.util.concurrent.Ticker;

/**
 * The monotonic clock of a loop, read once per wake-up so that all work of a wake-up agrees on the time.
 *
 * <p>Owned by one loop thread. Values may be negative and are only ever compared by difference.
 */
public final class LoopClock {
    private final Ticker ticker;
    private long nowNanos;

    /** A clock over a ticker: the system's, or a mock in tests. */
    public LoopClock(Ticker ticker) {
        this.ticker = ticker;
        this.nowNanos = ticker.nanoTime();
    }

    /** Reads the clock; called by the loop when it wakes up. */
    public long refresh() {
        nowNanos = ticker.nanoTime();
        return nowNanos;
    }

    /** The instant of the last {@link #refresh}. */
    public long nowNanos() {
        return nowNanos;
    }
}
