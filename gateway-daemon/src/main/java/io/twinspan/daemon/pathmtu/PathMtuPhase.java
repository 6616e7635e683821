package io.twinspan.daemon.pathmtu;

/** Where the path MTU machine stands (RFC 8899 section 5.2, by other names). */
sealed interface PathMtuPhase {
    /** No path that could be probed. */
    record Stopped() implements PathMtuPhase {}

    /** Nothing under way; the size in use is proved again at {@code dueNanos}. */
    record Resting(long dueNanos) implements PathMtuPhase {}

    /**
     * One size is being probed, each time beside a small probe: only where the small one is answered, the loss of the large
     * one counts.
     *
     * @param purpose what for
     * @param size outer octets
     * @param good outer octets that pass
     * @param bad outer octets that do not
     * @param firstSequence of the first probe of this size
     * @param lost probes of this size that were lost while small ones passed
     * @param silent rounds in which nothing at all was answered
     * @param smallAnswered whether the small probe of this round was
     * @param deadlineNanos end of this round
     */
    record Probing(
            Purpose purpose,
            int size,
            int good,
            int bad,
            int firstSequence,
            int lost,
            int silent,
            boolean smallAnswered,
            long deadlineNanos)
            implements PathMtuPhase {}

    /** What a size is probed for. */
    enum Purpose {
        /** To prove the size in use. */
        CONFIRM,
        /** To find what passes instead. */
        SEARCH,
        /** To make sure that the size in use really does not pass, before it is lowered. */
        VERIFY,
        /** To find out whether more passes again. */
        RAISE,
        /** An operator asked. */
        MEASURE
    }
}
