package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.time.Deadline;

/**
 * What the operator wants and how far the attempts are.
 *
 * @param desire the operator's wish
 * @param attempt attempts since the tunnel was last up
 * @param pauses pauses since then
 * @param reconnectNanos when to try again, or {@code NEVER}
 * @param up the tunnel was reported to carry packets
 */
record Drive(Desire desire, int attempt, int pauses, long reconnectNanos, boolean up) {
    enum Desire {
        /** Nothing said yet: answer, but do not begin. */
        LISTEN,
        /** Up, for ever. */
        UP,
        /** Down: neither begin nor answer. */
        DOWN
    }

    static Drive initial() {
        return new Drive(Desire.LISTEN, 0, 0, Deadline.NEVER, false);
    }

    Drive wanting(Desire newDesire) {
        return new Drive(newDesire, attempt, pauses, reconnectNanos, up);
    }

    Drive reconnectAt(long nanos) {
        return new Drive(desire, attempt, pauses, nanos, up);
    }

    /** Waits before the next attempt. */
    Drive pausing(long nanos) {
        return new Drive(desire, attempt, pauses + 1, nanos, up);
    }

    Drive trying() {
        return new Drive(desire, attempt + 1, pauses, Deadline.NEVER, up);
    }

    Drive nowUp() {
        return new Drive(desire, 0, 0, Deadline.NEVER, true);
    }

    Drive nowDown() {
        return new Drive(desire, attempt, pauses, reconnectNanos, false);
    }
}
