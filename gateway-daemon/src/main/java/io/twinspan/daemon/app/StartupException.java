package io.twinspan.daemon.app;

import io.twinspan.daemon.cli.ExitCode;

/** A gateway cannot start; nothing of it is left running. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String hint;

    private StartupException(int exitCode, String message, String hint) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    /** Something in the surroundings is in the way. */
    static StartupException failed(String message, String hint) {
        return new StartupException(ExitCode.FAILED, message, hint);
    }

    /** A right is missing. */
    static StartupException notPermitted(String message, String hint) {
        return new StartupException(ExitCode.NOT_PERMITTED, message, hint);
    }

    /** The configuration cannot work on this machine. */
    static StartupException invalidConfiguration(String message, String hint) {
        return new StartupException(ExitCode.CONFIG_INVALID, message, hint);
    }

    /** Exit code for the process. */
    public int exitCode() {
        return exitCode;
    }

    /** What to do; empty for nothing. */
    public String hint() {
        return hint;
    }
}
