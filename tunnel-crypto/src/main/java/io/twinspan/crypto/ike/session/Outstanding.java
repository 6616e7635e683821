package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.time.Deadline;
import java.util.List;

/**
 * A request that waits for its response, with the octets to send again until it comes (RFC 7296 section 2.1).
 *
 * @param messageId unsigned 32 bits
 * @param datagrams one message, or its fragments; each transmission sends exactly these
 * @param firstSentNanos when the first transmission left
 * @param nextSendNanos when the next one is due
 * @param intervalNanos the pause that ends then
 * @param giveUpNanos when the peer counts as dead
 * @param transmissions how often it was sent
 */
record Outstanding(
        long messageId,
        ExchangeType exchange,
        List<byte[]> datagrams,
        long firstSentNanos,
        long nextSendNanos,
        long intervalNanos,
        long giveUpNanos,
        int transmissions) {
    private static final int PERCENT = 100;

    Outstanding {
        datagrams = List.copyOf(datagrams);
    }

    /** Sent once, now. */
    static Outstanding first(
            long messageId, ExchangeType exchange, List<byte[]> datagrams, long nowNanos, IkeTimers timers) {
        long interval = timers.retransmitNanos();
        return new Outstanding(
                messageId,
                exchange,
                datagrams,
                nowNanos,
                nowNanos + interval,
                interval,
                nowNanos + timers.giveUpNanos(),
                1);
    }

    /** Sent once more, with a longer pause to follow. */
    Outstanding again(long nowNanos, IkeTimers timers) {
        long longer = Math.min(intervalNanos / PERCENT * timers.retransmitFactorPercent(), timers.retransmitMaxNanos());
        return new Outstanding(
                messageId,
                exchange,
                datagrams,
                firstSentNanos,
                nowNanos + longer,
                longer,
                giveUpNanos,
                transmissions + 1);
    }

    /** The same request, given up no later than this. */
    Outstanding giveUpBy(long latestNanos) {
        return new Outstanding(
                messageId,
                exchange,
                datagrams,
                firstSentNanos,
                nextSendNanos,
                intervalNanos,
                Deadline.earlier(giveUpNanos, latestNanos),
                transmissions);
    }

    /** Any response will do no more. */
    boolean isHopeless(long nowNanos) {
        return Deadline.isDue(giveUpNanos, nowNanos);
    }

    /** When to look at it again. */
    long deadlineNanos() {
        return Deadline.earlier(nextSendNanos, giveUpNanos);
    }
}
