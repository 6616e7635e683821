package io.twinspan.daemon.app;

/** A change of the configuration that cannot be made, or that something did not come back from. */
final class ReloadFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, a sentence */
    ReloadFailure(String message) {
        super(message);
    }

    /** What happened. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
