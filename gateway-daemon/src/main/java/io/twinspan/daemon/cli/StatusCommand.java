package io.twinspan.daemon.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan status}. */
@Command(
        name = "status",
        description = "Shows the state of connections and tunnels, the verdict first.",
        footer = {
            "",
            "Examples:",
            "  twinspan status",
            "  twinspan status prod -o json",
            "  twinspan status --exit-code"
        })
final class StatusCommand extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "Show this connection only.")
    private @Nullable String connection;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(
            names = "--exit-code",
            description = "Exit with 3 where a connection is degraded, with 4 where one is down.")
    private boolean exitCode;

    @Override
    public Integer call() {
        Query query = new Query("/v1/status").withFlag("color", output.asText() && Colors.wanted());
        String target = connection == null
                ? query.toString()
                : query.with("connection", connection).toString();
        ApiAnswer answer = show("GET", target, output.asText());
        return exitCode ? exitCodeOf(answer.state()) : ExitCode.OK;
    }

    private static int exitCodeOf(String state) {
        return switch (state) {
            case "up" -> ExitCode.OK;
            case "degraded" -> ExitCode.DEGRADED;
            default -> ExitCode.DOWN;
        };
    }
}
