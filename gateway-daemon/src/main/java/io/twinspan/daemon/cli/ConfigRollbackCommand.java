package io.twinspan.daemon.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code twinspan config rollback}. */
@Command(
        name = "rollback",
        description = {
            "Undoes a change that waits for its confirmation, or goes back to the configuration before the present one.",
            "The daemon's file stays as it is: 'twinspan config diff' shows how it differs, and a daemon that starts again does"
                    + " not take it over until it is applied or changed."
        },
        footer = {"", "Examples:", "  twinspan config rollback"})
final class ConfigRollbackCommand extends ApiCommand {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        order(client().patient(PATIENCE), new Query("/v1/config/rollback"), output);
        return ExitCode.OK;
    }
}
