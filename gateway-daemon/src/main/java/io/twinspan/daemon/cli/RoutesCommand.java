package io.twinspan.daemon.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code twinspan routes}. */
@Command(
        name = "routes",
        description = {
            "Shows which prefix goes where and why: our route, the fence behind it, what the kernel has, and conflicts.",
            "Exits with 3 where another route takes traffic away from a tunnel."
        },
        footer = {"", "Examples:", "  twinspan routes", "  twinspan routes prod -o json"})
final class RoutesCommand extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "Those of this connection only.")
    private @Nullable String connection;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WatchOption watch = new WatchOption();

    @Override
    public Integer call() {
        return watching(watch, output, () -> {
            Query query = new Query("/v1/routes");
            ApiAnswer answer = ask(query.withGiven("connection", connection), output);
            return answer.state().equals("conflict") ? ExitCode.DEGRADED : ExitCode.OK;
        });
    }
}
