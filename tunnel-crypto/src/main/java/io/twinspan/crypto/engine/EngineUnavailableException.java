package io.twinspan.crypto.engine;

/** The engine that was asked for by name cannot be used here; the message says why, the hint what to do. */
public final class EngineUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    private final String hint;

    EngineUnavailableException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What the operator can do about it. */
    public String hint() {
        return hint;
    }
}
