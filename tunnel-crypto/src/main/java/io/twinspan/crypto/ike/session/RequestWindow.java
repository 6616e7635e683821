package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.time.Deadline;

/**
 * Our side of the request window of RFC 7296 section 2.3, whose size is one: a next request waits until the response to
 * the last one is in.
 */
sealed interface RequestWindow {
    /** The highest message id there is; the IKE SA must be gone before it would wrap (section 2.2). */
    long MAX_MESSAGE_ID = 0xffff_ffffL;

    /** From here on the IKE SA is rekeyed, far away from the wrap. */
    long REKEY_MESSAGE_ID = 0x8000_0000L;

    /** The id that the next request will carry. */
    long nextMessageId();

    /** When a retransmission or the end of patience is due. */
    long deadlineNanos();

    /** Nothing is outstanding. */
    record Free(long nextMessageId) implements RequestWindow {
        @Override
        public long deadlineNanos() {
            return Deadline.NEVER;
        }
    }

    /**
     * One request is outstanding.
     *
     * @param request what was sent
     * @param pending what the response will be used for
     */
    record Waiting(Outstanding request, PendingExchange pending) implements RequestWindow {
        @Override
        public long nextMessageId() {
            return request.messageId() + 1;
        }

        @Override
        public long deadlineNanos() {
            return request.deadlineNanos();
        }

        Waiting with(Outstanding sentAgain) {
            return new Waiting(sentAgain, pending);
        }

        Waiting with(PendingExchange changed) {
            return new Waiting(request, changed);
        }
    }

    /** True where no further request can be made. */
    default boolean isExhausted() {
        return nextMessageId() > MAX_MESSAGE_ID;
    }

    /** True where a response with this id answers what is outstanding. */
    default boolean expects(long messageId) {
        return this instanceof Waiting(Outstanding request, PendingExchange _) && request.messageId() == messageId;
    }
}
