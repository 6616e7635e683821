package io.twinspan.daemon.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinspan help}. */
@Command(
        name = "help",
        description = "Shows the help of a command, as its --help does, or lists all commands.",
        footer = {"", "Examples:", "  twinspan help", "  twinspan help config apply"})
final class HelpCommand extends OfflineCommand {
    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Which one.")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine command = spec.root().commandLine();
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "there is no command '" + word + "'",
                        "there is " + String.join(", ", command.getSubcommands().keySet()));
            }
            command = next;
        }
        command.usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
