package io.twinspan.daemon.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code twinspan version}. */
@Command(
        name = "version",
        description = "Prints the version of this program; 'twinspan status -o json' has the daemon's.",
        footer = {"", "Examples:", "  twinspan version", "  twinspan version -o json"})
public final class VersionCommand extends OfflineCommand {
    @Mixin
    private final OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The version that the build wrote into the jar. */
    public static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public Integer call() {
        output.requireKnownSchema();
        String java = Runtime.version().toString();
        String text = output.asText()
                ? "twinspan " + version() + " (Java "
                        + (output.isWide() ? java : Runtime.version().feature()) + ")\n"
                : output.render("{\"schema\":\"twinspan.version/1\",\"version\":\"" + version() + "\",\"java\":\""
                        + java + "\"}\n");
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
