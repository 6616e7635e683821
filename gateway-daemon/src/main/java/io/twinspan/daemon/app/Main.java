package io.twinspan.daemon.app;

import io.twinspan.daemon.cli.DefaultSocket;
import io.twinspan.daemon.cli.TwinspanCommand;
import io.twinspan.daemon.lab.LabCommand;
import picocli.CommandLine;

/** Entry point of every command. */
public final class Main {
    private static final String RUN = "run";

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(TwinspanCommand.execute(commandsFor(arguments), arguments));
    }

    /**
     * What a question to the daemon needs of all this, which is little: it shall be answered at once. Nor shall a start of the
     * daemon wait for the description of every other command.
     */
    static CommandLine commandsFor(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals(RUN)) {
            return TwinspanCommand.createFor(RUN, new RunCommand());
        }
        return TwinspanCommand.createFor(arguments).orElseGet(Main::commands);
    }

    /** The commands of the command line and those that need the whole gateway. */
    static CommandLine commands() {
        CommandLine line = TwinspanCommand.create();
        line.addSubcommand(new RunCommand());
        line.addSubcommand(new PreflightCommand());
        line.addSubcommand(new LabCommand(GatewayDaemon::start, DefaultSocket.forDaemon()));
        TwinspanCommand.addHelp(line);
        return line;
    }
}
