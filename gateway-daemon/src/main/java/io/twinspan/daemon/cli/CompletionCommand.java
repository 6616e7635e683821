package io.twinspan.daemon.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinspan completion}. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and options in your shell.",
        footer = {
            "",
            "Examples:",
            "  twinspan completion bash > /etc/bash_completion.d/twinspan",
            "  twinspan completion zsh > /usr/share/zsh/vendor-completions/_twinspan",
            "  twinspan completion fish > ~/.config/fish/completions/twinspan.fish"
        })
final class CompletionCommand extends OfflineCommand {
    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The shells, as typed. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        String script = switch (shell) {
            case bash -> AutoComplete.bash("twinspan", root);
            // picocli's script finds out by itself that it runs in zsh; the first line is what compinit looks for.
            case zsh -> "#compdef twinspan\n" + AutoComplete.bash("twinspan", root);
            case fish -> FishCompletion.of("twinspan", root);
        };
        spec.commandLine().getOut().print(script);
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
