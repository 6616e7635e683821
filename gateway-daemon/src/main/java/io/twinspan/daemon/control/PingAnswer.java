package io.twinspan.daemon.control;

/** What becomes of a {@link PingOrder}. */
public sealed interface PingAnswer {
    /**
     * They are being sent.
     *
     * @param stop gives up; from any thread
     */
    record Started(Runnable stop) implements PingAnswer {}

    /** They may not be sent. */
    record Refused(String message, String hint) implements PingAnswer {}

    /** There is no such connection or tunnel. */
    record Unknown(String message) implements PingAnswer {}
}
