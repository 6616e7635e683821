package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code twinspan follow}. */
@Command(
        name = "follow",
        description = {
            "Sends a connection's traffic through the tunnel that AWS sends through, or no longer does.",
            "Holds until the daemon ends; 'policy: follow-aws' in the configuration makes it last."
        },
        footer = {"", "Examples:", "  twinspan follow prod on", "  twinspan follow prod off"})
final class FollowCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "CONNECTION", description = "Name of the connection.")
    private String connection = "";

    @Parameters(index = "1", paramLabel = "on|off", description = "on: as AWS does; off: as configured otherwise.")
    private State state = State.on;

    @Mixin
    private final OutputOption output = new OutputOption();

    /** As typed. */
    enum State {
        on,
        off
    }

    @Override
    public Integer call() {
        order(new Query("/v1/follow").with("connection", connection).with("state", state.name()), output);
        return ExitCode.OK;
    }
}
