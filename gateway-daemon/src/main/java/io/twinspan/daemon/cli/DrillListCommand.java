package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code twinspan drill list}. */
@Command(
        name = "list",
        description = "Shows the scenarios, the drill that runs, and those of the past, newest first.",
        footer = {"", "Examples:", "  twinspan drill list", "  twinspan drill list -o json"})
final class DrillListCommand extends ApiCommand {
    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        ask(new Query("/v1/drills"), output);
        return ExitCode.OK;
    }
}
