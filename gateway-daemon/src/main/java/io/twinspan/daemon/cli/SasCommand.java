package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code twinspan sas}. */
@Command(
        name = "sas",
        description = "Lists IKE and ESP security associations with their algorithms and times; never keys.",
        footer = {"", "Examples:", "  twinspan sas", "  twinspan sas -o json"})
final class SasCommand extends ApiCommand {
    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        show("GET", "/v1/sas", output.asText());
        return ExitCode.OK;
    }
}
