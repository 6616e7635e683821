package io.twinspan.daemon.cli;

import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code twinspan mtu}. */
@Command(
        name = "mtu",
        description = {
            "Shows how the largest inner packet comes about, and measures what the outside path really carries.",
            "Exits with 3 where the path carries less than is configured, with 4 where it could not be measured."
        },
        footer = {"", "Examples:", "  twinspan mtu prod", "  twinspan mtu prod/2 -o json"})
final class MtuCommand extends ApiCommand {
    /** A narrow path with a long round trip takes a while. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Parameters(
            paramLabel = "CONNECTION[/TUNNEL]",
            converter = TunnelArgument.Converter.class,
            description = "A connection, or one tunnel of it, for example prod/2.")
    private TunnelArgument target = new TunnelArgument("", 0);

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        ApiAnswer answer = show(client().patient(PATIENCE), "POST", target.query("/v1/mtu"), output);
        return switch (answer.state()) {
            case "fits" -> ExitCode.OK;
            case "differs" -> ExitCode.DEGRADED;
            default -> ExitCode.DOWN;
        };
    }
}
