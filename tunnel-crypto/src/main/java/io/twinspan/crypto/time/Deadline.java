package io.twinspan.crypto.time;

/**
 * Arithmetic of deadlines on a monotonic nanosecond clock.
 *
 * <p>The clock may be negative and may wrap, so two instants are only ever compared by their difference.
 */
public final class Deadline {
    /** Nothing is due. Not comparable with {@link #isDue}; use {@link #earlier}. */
    public static final long NEVER = Long.MAX_VALUE;

    private Deadline() {}

    /** True where the deadline is set and has come. */
    public static boolean isDue(long deadlineNanos, long nowNanos) {
        return deadlineNanos != NEVER && nowNanos - deadlineNanos >= 0;
    }

    /** The earlier of two deadlines, either of which may be {@link #NEVER}. */
    public static long earlier(long a, long b) {
        if (a == NEVER) {
            return b;
        }
        if (b == NEVER) {
            return a;
        }
        return a - b <= 0 ? a : b;
    }
}
