package io.twinspan.daemon.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code twinspan version}. */
@Command(
        name = "version",
        description = "Prints the version.",
        footer = {"", "Examples:", "  twinspan version"})
public final class VersionCommand extends OfflineCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The version that the build wrote into the jar. */
    public static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .println("twinspan " + version() + " (Java " + Runtime.version().feature() + ")");
        return ExitCode.OK;
    }
}
