package io.twinspan.daemon.control;

/** What became of one ping. */
public sealed interface PingNews {
    /** Counts from 1. */
    int number();

    /**
     * The answer came.
     *
     * @param tunnel it came through
     * @param octets length of the answer, or of its first fragment
     * @param roundTripNanos from sealing to opening
     */
    record Answered(int number, int tunnel, int octets, long roundTripNanos) implements PingNews {}

    /** No answer came within {@link PingDesk#PATIENCE_NANOS}. */
    record Silent(int number) implements PingNews {}

    /** It could not be sent: no tunnel, or no SA. */
    record Unsent(int number) implements PingNews {}
}
