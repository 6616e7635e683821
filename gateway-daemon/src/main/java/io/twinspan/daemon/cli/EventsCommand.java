package io.twinspan.daemon.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan events}. */
@Command(
        name = "events",
        description = "Shows what happened, oldest first: the last 4,096 events since the daemon's start.",
        footer = {
            "",
            "Examples:",
            "  twinspan events",
            "  twinspan events prod --since 1h --type tunnel",
            "  twinspan events --severity warn",
            "  twinspan events --follow",
            "  twinspan events --follow -o jsonl"
        })
final class EventsCommand extends ApiCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "CONNECTION[/TUNNEL]",
            converter = TunnelArgument.Converter.class,
            description = "Only those of this connection or tunnel, for example prod/2.")
    private TunnelArgument target = TunnelArgument.ALL;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(
            names = {"-f", "--follow"},
            description = "Keep printing events as they happen, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Only those of the last minutes or hours, for example 1h.")
    private @Nullable Duration since;

    @Option(
            names = "--type",
            paramLabel = "NAME",
            split = ",",
            description = "Only those whose name begins so, for example tunnel or tunnel.down; several with commas.")
    private List<String> types = List.of();

    @Option(
            names = "--severity",
            paramLabel = "LEVEL",
            description = "Only those as grave as debug, info, warn or error.")
    private @Nullable Level severity;

    /** The severities, as typed. */
    enum Level {
        debug,
        info,
        warn,
        error
    }

    @Override
    public Integer call() {
        Query query = target.query("/v1/events");
        if (since != null) {
            query.with("since", TimeConverter.written(since));
        }
        if (!types.isEmpty()) {
            query.with("type", String.join(",", types));
        }
        if (severity != null) {
            query.with("severity", severity.name());
        }
        if (follow) {
            output.requireKnownSchema();
            return follow(
                    query.withFlag("color", output.asText() && options().paints()),
                    output.asText(),
                    line -> print((output.isYaml() ? "---\n" : "") + output.render(line)));
        }
        ask(query, output);
        return ExitCode.OK;
    }
}
