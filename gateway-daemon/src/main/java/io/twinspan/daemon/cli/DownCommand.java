package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code twinspan down}. */
@Command(
        name = "down",
        description = {
            "Takes a connection or one of its tunnels down and keeps it down.",
            "Traffic moves to the other tunnel first, then the peer is sent a DELETE."
        },
        footer = {"", "Examples:", "  twinspan down prod/2", "  twinspan down prod"})
final class DownCommand extends ApiCommand {
    @Parameters(
            paramLabel = "CONNECTION[/TUNNEL]",
            converter = TunnelArgument.Converter.class,
            description = "A connection, or one tunnel of it, for example prod/2.")
    private TunnelArgument target = new TunnelArgument("", 0);

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        order(target.query("/v1/down"), output);
        return ExitCode.OK;
    }
}
