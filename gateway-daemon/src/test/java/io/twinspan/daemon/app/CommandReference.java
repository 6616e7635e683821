package io.twinspan.daemon.app;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The text of docs/cli.md: what the help of all commands says, on one page. */
final class CommandReference {
    private static final Set<String> COMMON =
            Set.of("--socket", "--timeout", "--color", "--no-input", "--quiet", "--verbose", "--help", "--version");

    private final StringBuilder out = new StringBuilder();

    private CommandReference() {}

    static String of(CommandLine root) {
        CommandReference page = new CommandReference();
        page.opening(root);
        root.getSubcommands().values().forEach(page::command);
        return page.out.toString();
    }

    private void opening(CommandLine root) {
        out.append("""
                # Commands

                Written by the test `CommandReferenceTest` from the help of the program; edit that. `twinspan COMMAND --help` and
                `man twinspan-COMMAND` say the same. Data goes to standard output, talk to standard error.

                A tunnel is named `prod/1`. Times are written `500ms`, `5s`, `2m`, `1h` or `7d`. JSON carries the name and number of its
                schema ([api.md](api.md)); `--schema 1` refuses any other.

                | exit code | meaning |
                | --- | --- |
                """);
        root.getCommandSpec()
                .usageMessage()
                .exitCodeList()
                .forEach((code, meaning) -> out.append("| ")
                        .append(code)
                        .append(" | ")
                        .append(meaning)
                        .append(" |\n"));
        out.append("\nEvery command that talks to the daemon takes\n\n| option | meaning |\n| --- | --- |\n");
        CommandSpec status =
                Objects.requireNonNull(root.getSubcommands().get("status")).getCommandSpec();
        options(status, true).forEach(option -> row(names(option), option));
    }

    private void command(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        out.append("\n## ").append(spec.qualifiedName()).append("\n\n");
        out.append(String.join("\n", spec.usageMessage().description()).replace("%%", "%"))
                .append('\n');
        List<OptionSpec> own = options(spec, false);
        if (!own.isEmpty() || !spec.positionalParameters().isEmpty()) {
            out.append("\n| argument | meaning |\n| --- | --- |\n");
            spec.positionalParameters().forEach(positional -> row("`" + positional.paramLabel() + "`", positional));
            own.forEach(option -> row(names(option), option));
        }
        out.append("\n```\n");
        Stream.of(spec.usageMessage().footer())
                .filter(example -> !example.isBlank() && !example.startsWith("Examples:"))
                .forEach(example ->
                        out.append(example.strip().replace("%%", "%")).append('\n'));
        out.append("```\n");
        line.getSubcommands().values().forEach(this::command);
    }

    private static List<OptionSpec> options(CommandSpec spec, boolean common) {
        return spec.options().stream()
                .filter(option -> !option.hidden() && COMMON.contains(option.longestName()) == common)
                .toList();
    }

    private static String names(OptionSpec option) {
        String label = option.arity().max() == 0
                ? ""
                : option.arity().min() == 0 ? "[=" + option.paramLabel() + "]" : " " + option.paramLabel();
        return "`" + String.join("`, `", option.names()) + label + "`";
    }

    private void row(String name, ArgSpec argument) {
        String meaning = String.join(" ", argument.description()).replace("%%", "%");
        out.append("| ").append(name.replace("|", "\\|")).append(" | ");
        out.append(meaning.replace("|", "\\|")).append(" |\n");
    }
}
