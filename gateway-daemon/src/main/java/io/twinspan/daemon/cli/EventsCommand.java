package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code twinspan events}. */
@Command(
        name = "events",
        description = "Shows what happened, oldest first.",
        footer = {
            "",
            "Examples:",
            "  twinspan events",
            "  twinspan events --follow",
            "  twinspan events --follow -o json    one object a line"
        })
final class EventsCommand extends ApiCommand {
    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(
            names = {"-f", "--follow"},
            description = "Keep printing events as they happen, until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() {
        Query query = new Query("/v1/events").withFlag("color", output.asText() && Colors.wanted());
        if (follow) {
            client().stream(query.with("follow", "1").toString(), output.asText(), this::print);
        } else {
            show("GET", query.toString(), output.asText());
        }
        return ExitCode.OK;
    }
}
