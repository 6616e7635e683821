package io.twinspan.daemon.drill;

/**
 * A probe of a flow, as one process tells the next.
 *
 * @param number in the flow
 * @param tunnel through which it went
 * @param sentNanos when, from an instant both know
 * @param answeredNanos when it was answered; {@link #NEVER} where it was not
 */
public record ProbeTrace(int number, int tunnel, long sentNanos, long answeredNanos) {
    /** Not answered. */
    public static final long NEVER = Long.MIN_VALUE;
}
