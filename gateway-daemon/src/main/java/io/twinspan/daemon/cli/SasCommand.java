package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code twinspan sas}. */
@Command(
        name = "sas",
        description = "Lists IKE and ESP security associations with their algorithms and times; never keys.",
        footer = {
            "",
            "Examples:",
            "  twinspan sas",
            "  twinspan sas prod/2 --watch    the time until the next rekey, moving",
            "  twinspan sas -o json"
        })
final class SasCommand extends ApiCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "CONNECTION[/TUNNEL]",
            converter = TunnelArgument.Converter.class,
            description = "Only those of this connection or tunnel, for example prod/2.")
    private TunnelArgument target = TunnelArgument.ALL;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WatchOption watch = new WatchOption();

    @Override
    public Integer call() {
        return watching(watch, output, () -> {
            ask(target.query("/v1/sas"), output);
            return ExitCode.OK;
        });
    }
}
