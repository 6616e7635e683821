package io.twinspan.daemon.cli;

/** Ends a command: what happened, what to do, and with which exit code. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String hint;

    /**
     * A failure.
     *
     * @param exitCode one of {@link ExitCode}
     * @param message what happened
     * @param hint what to do; empty for nothing
     */
    public CommandFailure(int exitCode, String message, String hint) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    /** The exit code. */
    public int exitCode() {
        return exitCode;
    }

    /** What happened and what to do, on one or two lines. */
    public String text() {
        return "twinspan: " + getMessage() + (hint.isEmpty() ? "" : "\n  " + hint);
    }
}
