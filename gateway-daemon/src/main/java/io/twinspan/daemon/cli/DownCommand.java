package io.twinspan.daemon.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan down}. */
@Command(
        name = "down",
        description = {
            "Takes a connection or one of its tunnels down and keeps it down.",
            "Traffic moves to the other tunnel first, then the peer is sent a DELETE.",
            "With --drain the DELETE waits until no packet has come through the tunnel for a second, or until the time is"
                    + " over; refused where no other tunnel can carry the traffic."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan down prod/2",
            "  twinspan down prod/2 --drain 10s",
            "  twinspan down prod"
        })
final class DownCommand extends ApiCommand {
    @Parameters(
            paramLabel = "CONNECTION[/TUNNEL]",
            converter = TunnelArgument.Converter.class,
            description = "A connection, or one tunnel of it, for example prod/2.")
    private TunnelArgument target = new TunnelArgument("", 0);

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Empty the tunnel first, and wait this long at most.")
    private @Nullable Duration drain;

    @Override
    public Integer call() {
        Query query = target.query("/v1/down");
        if (drain == null) {
            order(query, output);
        } else {
            order(
                    client().patient(drain.plus(ApiClient.TIMEOUT)),
                    query.with("drain", TimeConverter.written(drain)),
                    output);
        }
        return ExitCode.OK;
    }
}
