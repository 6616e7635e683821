package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code twinspan up}. */
@Command(
        name = "up",
        description = "Brings a connection or one of its tunnels up and keeps it up.",
        footer = {"", "Examples:", "  twinspan up prod", "  twinspan up prod/2"})
final class UpCommand extends ApiCommand {
    @Parameters(
            paramLabel = "CONNECTION[/TUNNEL]",
            converter = TunnelArgument.Converter.class,
            description = "A connection, or one tunnel of it, for example prod/2.")
    private TunnelArgument target = new TunnelArgument("", 0);

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        order(target.query("/v1/up"), output);
        return ExitCode.OK;
    }
}
