package io.twinspan.daemon.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan status}. */
@Command(
        name = "status",
        description = {
            "Shows the state of connections and tunnels, the verdict first.",
            "Exits with 0 whatever the state is, unless --exit-code is given."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan status",
            "  twinspan status --watch -o wide",
            "  twinspan status prod -o json --schema 1",
            "  twinspan status --exit-code -q"
        })
final class StatusCommand extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "Show this connection only.")
    private @Nullable String connection;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WatchOption watch = new WatchOption();

    @Option(
            names = "--exit-code",
            description = "Exit with 3 where a connection is degraded, with 4 where one is down.")
    private boolean exitCode;

    @Override
    public Integer call() {
        return watching(watch, output, () -> {
            Query query = new Query("/v1/status");
            ApiAnswer answer = ask(query.withGiven("connection", connection), output);
            return exitCode ? ExitCode.ofState(answer.state()) : ExitCode.OK;
        });
    }
}
