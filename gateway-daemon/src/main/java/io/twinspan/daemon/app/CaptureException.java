package io.twinspan.daemon.app;

/** A capture that cannot be; the message says why. */
final class CaptureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    CaptureException(String message, Throwable cause) {
        this(message, cause, "is libpcap installed (package libpcap0.8)?");
    }

    CaptureException(String message, Throwable cause, String hint) {
        super(message, cause);
        this.hint = hint;
    }

    /** What to do. */
    String hint() {
        return hint;
    }
}
