package io.twinspan.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan switch}. */
@Command(
        name = "switch",
        description = {
            "Moves a connection's traffic to a tunnel, without loss.",
            "It stays there until that tunnel is lost or traffic is moved again."
        },
        footer = {"", "Examples:", "  twinspan switch prod --to 2"})
final class SwitchCommand extends ApiCommand {
    @Parameters(paramLabel = "CONNECTION", description = "Name of the connection.")
    private String connection = "";

    @Option(names = "--to", required = true, paramLabel = "N", description = "Number of the tunnel.")
    private int tunnel;

    @Override
    public Integer call() {
        show("POST", new TunnelArgument(connection, tunnel).query("/v1/switch").toString(), true);
        return ExitCode.OK;
    }
}
