package io.twinspan.client;

/** The gateway refused, or could not be asked. */
public final class TwinspanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Status of an answer that never came. */
    public static final int UNREACHABLE = 0;

    private final int status;
    private final String hint;

    TwinspanException(int status, String message, String hint) {
        super(message);
        this.status = status;
        this.hint = hint;
    }

    TwinspanException(String message, Exception cause) {
        super(message, cause);
        this.status = UNREACHABLE;
        this.hint = "";
    }

    /** HTTP status of the answer, or {@link #UNREACHABLE}. */
    public int status() {
        return status;
    }

    /** What to do, in the gateway's words; empty where it says nothing. */
    public String hint() {
        return hint;
    }
}
