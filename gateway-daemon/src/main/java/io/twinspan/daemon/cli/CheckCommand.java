package io.twinspan.daemon.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan check}. */
@Command(
        name = "check",
        description = {
            "Tells the state as plug-ins of Nagios and Icinga do: one line with figures.",
            "WARNING: no standby, or the tunnel in use loses packets. CRITICAL: nothing carries the traffic."
                    + " UNKNOWN: the daemon does not answer."
        },
        exitCodeOnInvalidInput = CheckCommand.UNKNOWN,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:OK", "1:WARNING", "2:CRITICAL", "3:UNKNOWN, wrong usage included"},
        footer = {
            "",
            "Examples:",
            "  twinspan check",
            "  twinspan check prod --warn rtt=50ms,loss=1%% --crit rtt=200ms,loss=10%%"
        })
final class CheckCommand extends ApiCommand {
    private static final int WARNING = 1;
    private static final int CRITICAL = 2;
    static final int UNKNOWN = 3;

    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "Judge this connection only.")
    private @Nullable String connection;

    @Option(
            names = "--warn",
            paramLabel = "LIMITS",
            defaultValue = "",
            description = "WARNING from these on, for example rtt=50ms,loss=1%%.")
    private String warn = "";

    @Option(names = "--crit", paramLabel = "LIMITS", defaultValue = "", description = "CRITICAL from these on.")
    private String critical = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        Query query = new Query("/v1/check").with("warn", warn).with("crit", critical);
        try {
            ApiAnswer answer = ask(query.withGiven("connection", connection), output);
            return switch (answer.state()) {
                case "ok" -> ExitCode.OK;
                case "warning" -> WARNING;
                case "critical" -> CRITICAL;
                default -> UNKNOWN;
            };
        } catch (CommandFailure failure) {
            if (output.asText()) {
                unknown(String.valueOf(failure.getMessage()));
            }
            return UNKNOWN;
        }
    }

    /** A plug-in says everything on standard output. */
    void unknown(String reason) {
        print("UNKNOWN: " + reason.replace('|', '/') + "\n");
    }
}
