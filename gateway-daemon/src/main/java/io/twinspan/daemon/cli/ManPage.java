package io.twinspan.daemon.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of a command, in the macros of man(7), made from what its help says. */
public final class ManPage {
    private static final String SECTION = "1";

    private final CommandSpec command;
    private final String version;
    private final String date;
    private final StringBuilder out = new StringBuilder();

    private ManPage(CommandSpec command, String version, String date) {
        this.command = command;
        this.version = version;
        this.date = date;
    }

    /**
     * The pages of a command and of all below it by file name, such as {@code twinspan-drill-run.1}.
     *
     * @param version of the program
     * @param date for the foot of the page, such as {@code 2026-11-23}
     */
    public static Map<String, String> of(CommandLine line, String version, String date) {
        Map<String, String> pages = new TreeMap<>();
        CommandSpec command = line.getCommandSpec();
        pages.put(name(command) + "." + SECTION, new ManPage(command, version, date).render());
        line.getSubcommands().values().forEach(child -> pages.putAll(of(child, version, date)));
        return pages;
    }

    private static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private String render() {
        UsageMessageSpec usage = command.usageMessage();
        String name = name(command);
        out.append("'\\\" t\n.TH \"")
                .append(name.toUpperCase(Locale.ROOT))
                .append("\" \"")
                .append(SECTION);
        out.append("\" \"")
                .append(date)
                .append("\" \"Twinspan ")
                .append(version)
                .append("\" \"Twinspan Manual\"\n.nh\n.ad l\n");
        section("NAME");
        String[] description = usage.description();
        String purpose = description.length == 0 ? name : description[0];
        line(name + " - " + (purpose.endsWith(".") ? purpose.substring(0, purpose.length() - 1) : purpose));
        section("SYNOPSIS");
        synopsis();
        section("DESCRIPTION");
        for (String paragraph : description) {
            out.append(".PP\n");
            line(paragraph);
        }
        arguments();
        children();
        exitStatus(usage);
        examples(usage);
        section("SEE ALSO");
        seeAlso();
        return out.toString();
    }

    private void synopsis() {
        out.append(".B ").append(escaped(command.qualifiedName())).append('\n');
        StringBuilder rest = new StringBuilder(command.options().isEmpty() ? "" : "[OPTIONS]");
        for (PositionalParamSpec positional : command.positionalParameters()) {
            boolean optional = positional.arity().min() == 0;
            rest.append(optional ? " [" : " ").append(positional.paramLabel()).append(optional ? "]" : "");
        }
        if (!command.subcommands().isEmpty()) {
            rest.append(" COMMAND");
        }
        line(rest.toString().strip());
    }

    private void arguments() {
        if (command.positionalParameters().isEmpty() && command.options().isEmpty()) {
            return;
        }
        section("OPTIONS");
        command.positionalParameters().forEach(positional -> item(positional.paramLabel(), positional));
        command.options().stream().filter(option -> !option.hidden()).forEach(option -> item(heading(option), option));
    }

    private static String heading(OptionSpec option) {
        List<String> names = new ArrayList<>(List.of(option.names()));
        boolean value = option.arity().max() > 0;
        String label = option.arity().min() == 0 ? "[=" + option.paramLabel() + "]" : "=" + option.paramLabel();
        return String.join(", ", names) + (value ? label : "");
    }

    private void item(String heading, ArgSpec argument) {
        out.append(".TP\n.B ").append(escaped(heading)).append('\n');
        // What picocli fills in by itself, ${DEFAULT-VALUE} and the like, is filled in here too.
        line(String.join(" ", argument.description()));
    }

    private void children() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        command.subcommands().forEach((_, child) -> {
            out.append(".TP\n.BR ")
                    .append(escaped(name(child.getCommandSpec())))
                    .append(" (" + SECTION + ")\n");
            String[] description = child.getCommandSpec().usageMessage().description();
            line(description.length == 0 ? "" : description[0]);
        });
    }

    private void exitStatus(UsageMessageSpec usage) {
        if (usage.exitCodeList().isEmpty()) {
            return;
        }
        section("EXIT STATUS");
        usage.exitCodeList().forEach((code, meaning) -> {
            out.append(".TP\n.B ").append(code.strip()).append('\n');
            line(meaning);
        });
    }

    private void examples(UsageMessageSpec usage) {
        section("EXAMPLES");
        out.append(".PP\n.nf\n");
        for (String example : usage.footer()) {
            if (!example.isBlank() && !example.startsWith("Examples:")) {
                line(example.strip());
            }
        }
        out.append(".fi\n");
    }

    private void seeAlso() {
        List<String> others = new ArrayList<>();
        CommandSpec parent = command.parent();
        if (parent != null) {
            others.add(name(parent));
        }
        others.add("systemd");
        out.append(".BR ").append(escaped(others.getFirst())).append(" (1)");
        others.stream()
                .skip(1)
                .forEach(other -> out.append(",\n.BR ").append(escaped(other)).append(" (1)"));
        out.append('\n');
    }

    private void section(String name) {
        out.append(".SH \"").append(name).append("\"\n");
    }

    private void line(String text) {
        out.append(escaped(text.replace("%%", "%").replace("%n", " "))).append('\n');
    }

    /** man(7): a backslash begins an escape, a line that begins with a dot or a quote is a request, a bare hyphen may be broken. */
    private static String escaped(String text) {
        String safe = text.replace("\\", "\\e").replace("-", "\\-");
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }
}
