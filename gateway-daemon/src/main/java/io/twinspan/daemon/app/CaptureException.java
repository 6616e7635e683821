package io.twinspan.daemon.app;

/** A capture that cannot be; the message says why. */
final class CaptureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CaptureException(String message, Throwable cause) {
        super(message, cause);
    }
}
