package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code twinspan drill stop}. */
@Command(
        name = "stop",
        description = "Ends the drill that runs, whoever started it; what it broke is restored at once.",
        footer = {"", "Examples:", "  twinspan drill stop"})
final class DrillStopCommand extends ApiCommand {
    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        order(new Query("/v1/drills/stop"), output);
        return ExitCode.OK;
    }
}
