package io.twinspan.daemon.cli;

import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The root of a command line that knows one command only. Describing thirty commands takes longer than running one, so what
 * the first word names is looked for by the name of its class: {@code StatusCommand} for {@code status}.
 */
@Command(name = "twinspan", synopsisSubcommandLabel = "COMMAND")
final class OneCommand {
    private OneCommand() {}

    /** The line with the command of this name; empty where the root must find out what is meant. */
    static Optional<CommandLine> named(String name) {
        return Arrays.stream(TwinspanCommand.class.getAnnotation(Command.class).subcommands())
                .filter(command -> command.getSimpleName().equalsIgnoreCase(name + "Command"))
                .findFirst()
                .map(command -> with(name, command));
    }

    /** The line with this command, a class or an object. */
    static CommandLine with(String name, Object command) {
        return new CommandLine(new OneCommand()).addSubcommand(name, command);
    }
}
