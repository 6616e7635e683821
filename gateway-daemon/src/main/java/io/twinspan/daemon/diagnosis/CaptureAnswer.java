package io.twinspan.daemon.diagnosis;

/** What becomes of a {@link CaptureOrder}. */
public sealed interface CaptureAnswer {
    /**
     * Packets are being copied.
     *
     * @param handOver begins to hand them over; once, from any thread
     * @param stop ends it; from any thread
     */
    record Started(Runnable handOver, Runnable stop) implements CaptureAnswer {}

    /** There is no such tunnel. */
    record Unknown(String message) implements CaptureAnswer {}

    /** It cannot be. */
    record Refused(String message, String hint) implements CaptureAnswer {}
}
