package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.time.Deadline;

/**
 * When replies and notices that strangers can provoke are allowed again, so that no loop and no amplification comes of
 * them (RFC 7296 section 2.21.4). {@code NEVER} stands for "none was given yet".
 *
 * @param unknownSpiNanos INVALID_IKE_SPI to a request with unknown SPIs
 * @param versionNanos INVALID_MAJOR_VERSION
 * @param espSpiNanos INVALID_SPI over a live IKE SA
 * @param doubtNanos acting on the peer's INVALID_SPI
 */
record ReplyLimits(long unknownSpiNanos, long versionNanos, long espSpiNanos, long doubtNanos) {
    /** One reply of each kind in this time. */
    static final long INTERVAL_NANOS = 10_000_000_000L;

    /** Everything is allowed from the start. */
    static ReplyLimits initial() {
        return new ReplyLimits(Deadline.NEVER, Deadline.NEVER, Deadline.NEVER, Deadline.NEVER);
    }

    static boolean allows(long fromNanos, long nowNanos) {
        return fromNanos == Deadline.NEVER || nowNanos - fromNanos >= 0;
    }

    ReplyLimits unknownSpiAnswered(long nowNanos) {
        return new ReplyLimits(nowNanos + INTERVAL_NANOS, versionNanos, espSpiNanos, doubtNanos);
    }

    ReplyLimits versionAnswered(long nowNanos) {
        return new ReplyLimits(unknownSpiNanos, nowNanos + INTERVAL_NANOS, espSpiNanos, doubtNanos);
    }

    ReplyLimits espSpiTold(long nowNanos) {
        return new ReplyLimits(unknownSpiNanos, versionNanos, nowNanos + INTERVAL_NANOS, doubtNanos);
    }

    ReplyLimits doubted(long nowNanos) {
        return new ReplyLimits(unknownSpiNanos, versionNanos, espSpiNanos, nowNanos + INTERVAL_NANOS);
    }
}
