package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;

/** {@code twinspan drill stop}. */
@Command(
        name = "stop",
        description = "Ends the drill that runs, whoever started it; what it broke is restored at once.",
        footer = {"", "Examples:", "  twinspan drill stop"})
final class DrillStopCommand extends ApiCommand {
    @Override
    public Integer call() {
        show("POST", "/v1/drills/stop", true);
        return ExitCode.OK;
    }
}
