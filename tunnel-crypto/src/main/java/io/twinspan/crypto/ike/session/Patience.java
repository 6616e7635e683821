package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.time.Deadline;

/**
 * Refusals of rekeys in a row (RFC 7296 section 2.25): each makes the next try later, and when they last for minutes the
 * IKE SA is built anew.
 *
 * @param refusals in a row
 * @param sinceNanos when the first of them came, {@code NEVER} for none
 */
record Patience(int refusals, long sinceNanos) {
    private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 30_000_000_000L;
    private static final long LIMIT_NANOS = 180_000_000_000L;
    private static final int MAX_DOUBLINGS = 5;

    static Patience fresh() {
        return new Patience(0, Deadline.NEVER);
    }

    Patience refused(long nowNanos) {
        return new Patience(refusals + 1, sinceNanos == Deadline.NEVER ? nowNanos : sinceNanos);
    }

    /** How long to wait before the next try, jitter not included. */
    long pauseNanos() {
        int doublings = Math.clamp(refusals - 1L, 0, MAX_DOUBLINGS);
        return Math.min(FIRST_PAUSE_NANOS << doublings, LONGEST_PAUSE_NANOS);
    }

    boolean isOver(long nowNanos) {
        return sinceNanos != Deadline.NEVER && nowNanos - sinceNanos >= LIMIT_NANOS;
    }
}
