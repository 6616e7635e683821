package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.time.Deadline;

/**
 * The instants of an established IKE SA.
 *
 * @param establishedNanos when it was authenticated or took over
 * @param rekeyNanos when to replace it
 * @param expireNanos when it ends
 * @param heardNanos when a protected message of the peer last came
 * @param sentNanos when we last sent something
 * @param endNanos when a stage that waits for the peer ends, or {@code NEVER}
 */
record SaClock(
        long establishedNanos, long rekeyNanos, long expireNanos, long heardNanos, long sentNanos, long endNanos) {
    /** Of an SA that begins now. */
    static SaClock starting(long nowNanos, long rekeyNanos, long expireNanos) {
        return new SaClock(nowNanos, rekeyNanos, expireNanos, nowNanos, nowNanos, Deadline.NEVER);
    }

    SaClock heard(long nowNanos) {
        return new SaClock(establishedNanos, rekeyNanos, expireNanos, nowNanos, sentNanos, endNanos);
    }

    SaClock sent(long nowNanos) {
        return new SaClock(establishedNanos, rekeyNanos, expireNanos, heardNanos, nowNanos, endNanos);
    }

    SaClock rekeyAt(long newRekeyNanos) {
        return new SaClock(establishedNanos, newRekeyNanos, expireNanos, heardNanos, sentNanos, endNanos);
    }

    /** An SA that is being closed has an end of its own. */
    SaClock withoutExpiry() {
        return new SaClock(establishedNanos, rekeyNanos, Deadline.NEVER, heardNanos, sentNanos, endNanos);
    }

    SaClock endAt(long newEndNanos) {
        return new SaClock(establishedNanos, rekeyNanos, expireNanos, heardNanos, sentNanos, newEndNanos);
    }
}
