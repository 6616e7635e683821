package io.twinspan.daemon.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan switch}. */
@Command(
        name = "switch",
        description = {
            "Moves a connection's traffic to a tunnel, make before break, and tells what the move did to it.",
            "It stays there until that tunnel is lost or traffic is moved again; 'auto' leaves it to the policy again."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan switch prod --to 2",
            "  twinspan switch prod --to 2 --for 30m",
            "  twinspan switch prod --to auto"
        })
final class SwitchCommand extends ApiCommand {
    @Parameters(paramLabel = "CONNECTION", description = "Name of the connection.")
    private String connection = "";

    @Option(names = "--to", required = true, paramLabel = "N", description = "Number of the tunnel, or auto.")
    private String tunnel = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Leave it to the policy again after this time.")
    private @Nullable Duration hold;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        if (!tunnel.matches("[1-9]|auto")) {
            throw new CommandFailure(ExitCode.USAGE, "'" + tunnel + "' is no number of a tunnel, and not auto", "");
        }
        Query query = new Query("/v1/switch")
                .with("connection", connection)
                .with("tunnel", tunnel)
                .with("measure", "1");
        order(hold == null ? query : query.with("for", TimeConverter.written(hold)), output);
        return ExitCode.OK;
    }
}
