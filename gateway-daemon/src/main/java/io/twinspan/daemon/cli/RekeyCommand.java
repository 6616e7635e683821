package io.twinspan.daemon.cli;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan rekey}. */
@Command(
        name = "rekey",
        description = "Replaces keys now, make before break.",
        footer = {"", "Examples:", "  twinspan rekey prod/1", "  twinspan rekey prod/1 --ike"})
final class RekeyCommand extends ApiCommand {
    @Parameters(
            paramLabel = "CONNECTION[/TUNNEL]",
            converter = TunnelArgument.Converter.class,
            description = "A connection, or one tunnel of it, for example prod/2.")
    private TunnelArgument target = new TunnelArgument("", 0);

    @Mixin
    private final OutputOption output = new OutputOption();

    @ArgGroup
    private final Kind kind = new Kind();

    static final class Kind {
        /** Says what is the default anyway; never read, but excludes the other one. */
        @SuppressWarnings("UnusedVariable")
        @Option(names = "--esp", description = "The child SA that carries traffic (default).")
        private boolean esp;

        @Option(names = "--ike", description = "The IKE SA.")
        private boolean ike;
    }

    @Override
    public Integer call() {
        order(target.query("/v1/rekey").with("sa", kind.ike ? "ike" : "esp"), output);
        return ExitCode.OK;
    }
}
