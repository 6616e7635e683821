package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code twinspan config confirm}. */
@Command(
        name = "confirm",
        description = "Keeps a change that was applied with --confirm, before its time is over.",
        footer = {"", "Examples:", "  twinspan config confirm"})
final class ConfigConfirmCommand extends ApiCommand {
    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        order(new Query("/v1/config/confirm"), output);
        return ExitCode.OK;
    }
}
