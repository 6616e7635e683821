package io.twinspan.daemon.cli;

/** Exit codes of commands that check. */
public final class CheckExit {
    private CheckExit() {}

    /**
     * The code for the worst of some checks.
     *
     * @param grade ok, warn or fail
     */
    public static int of(String grade) {
        return switch (grade) {
            case "ok" -> ExitCode.OK;
            case "warn" -> ExitCode.DEGRADED;
            default -> ExitCode.FAILED;
        };
    }
}
