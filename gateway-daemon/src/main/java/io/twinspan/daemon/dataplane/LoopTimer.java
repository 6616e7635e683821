package io.twinspan.daemon.dataplane;

/** A data loop's clock, and later work on it. Called on that loop. */
public interface LoopTimer {
    /** Refuses: for a loop on which nothing is ever delayed. */
    LoopTimer NONE = new LoopTimer() {
        @Override
        public long nowNanos() {
            throw new IllegalStateException("this loop has no timer");
        }

        @Override
        public void after(long delayNanos, Runnable task) {
            throw new IllegalStateException("this loop has no timer");
        }
    };

    /** The loop's monotonic clock, read anew. */
    long nowNanos();

    /** Runs the task once, {@code delayNanos} from now, and then sends what it has built. */
    void after(long delayNanos, Runnable task);
}
