package io.twinspan.daemon.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for the fish shell: what may follow which words, with a few words about each. */
final class FishCompletion {
    private final String program;
    private final StringBuilder out = new StringBuilder();

    private FishCompletion(String program) {
        this.program = program;
    }

    /** The script. */
    static String of(String program, CommandLine root) {
        FishCompletion script = new FishCompletion(program);
        script.out.append("""
                # fish completion for %1$s; made by '%1$s completion fish'
                function __%1$s_at
                    # True where the words that are no options are these, or these and more.
                    set -l words (commandline -opc)[2..-1]
                    set words (string match -v -- '-*' $words)
                    test (count $words) -ge (count $argv); or return 1
                    for i in (seq (count $argv))
                        test "$words[$i]" = "$argv[$i]"; or return 1
                    end
                end
                complete -c %1$s -f
                """.formatted(program));
        script.command(root, List.of());
        return script.out.toString();
    }

    private void command(CommandLine line, List<String> path) {
        for (Map.Entry<String, CommandLine> child : line.getSubcommands().entrySet()) {
            String names = String.join(" ", line.getSubcommands().keySet());
            out.append("complete -c ").append(program).append(" -n '");
            out.append(at(path)).append("not __fish_seen_subcommand_from ").append(names);
            out.append("' -a ").append(child.getKey()).append(" -d ");
            out.append(quote(firstLine(child.getValue()))).append('\n');
        }
        for (OptionSpec option : line.getCommandSpec().options()) {
            option(option, path);
        }
        line.getSubcommands().forEach((name, child) -> {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(name);
            command(child, deeper);
        });
    }

    private void option(OptionSpec option, List<String> path) {
        if (option.hidden()) {
            return;
        }
        out.append("complete -c ").append(program);
        if (!path.isEmpty()) {
            out.append(" -n '__")
                    .append(program)
                    .append("_at ")
                    .append(String.join(" ", path))
                    .append('\'');
        }
        for (String name : option.names()) {
            out.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().min() > 0) {
            out.append(isFile(option) ? " -r -F" : " -x");
            values(option);
        }
        String description = option.description().length == 0 ? "" : option.description()[0];
        out.append(" -d ").append(quote(description)).append('\n');
    }

    private void values(OptionSpec option) {
        Iterable<String> candidates = option.completionCandidates();
        if (candidates != null) {
            List<String> values = new ArrayList<>();
            candidates.forEach(values::add);
            out.append(" -a '").append(String.join(" ", values)).append('\'');
        }
    }

    private static boolean isFile(OptionSpec option) {
        return option.type() == java.nio.file.Path.class;
    }

    private String at(List<String> path) {
        return path.isEmpty() ? "" : "__" + program + "_at " + String.join(" ", path) + "; and ";
    }

    private static String firstLine(CommandLine line) {
        String[] description = line.getCommandSpec().usageMessage().description();
        return description.length == 0 ? "" : description[0];
    }

    /** fish: between single quotes only the quote and the backslash mean something. */
    private static String quote(String text) {
        return "'" + text.replace("%%", "%").replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
