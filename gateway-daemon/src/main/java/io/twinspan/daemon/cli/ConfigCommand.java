package io.twinspan.daemon.cli;

import io.twinspan.config.ConfigLoader;
import io.twinspan.config.LoadResult;
import io.twinspan.config.ProblemPrinter;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.render.EffectiveConfig;
import io.twinspan.config.source.Problem;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinspan config}. */
@Command(
        name = "config",
        description = "Checks and shows configuration files; needs no daemon.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class},
        footer = {"", "Examples:", "  twinspan config check twinspan.yaml", "  twinspan config show twinspan.yaml"})
final class ConfigCommand {
    /** {@code twinspan config check}. */
    @Command(
            name = "check",
            description =
                    "Prints every problem of a file with its line and column; exits with 6 where there is an error.",
            footer = {"", "Examples:", "  twinspan config check /etc/twinspan/twinspan.yaml"})
    static final class Check extends OfflineCommand {
        @Parameters(paramLabel = "FILE", description = "The configuration file.")
        private Path file = Path.of("");

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            LoadResult result = ConfigLoader.load(file);
            ProblemPrinter.lines(result.problems())
                    .forEach(line -> spec.commandLine().getOut().println(line));
            return switch (result) {
                case LoadResult.Loaded _ -> ExitCode.OK;
                case LoadResult.Invalid _ -> ExitCode.CONFIG_INVALID;
            };
        }
    }

    /** {@code twinspan config show}. */
    @Command(
            name = "show",
            description =
                    "Prints the configuration as the gateway understands it, defaults included, secrets left out.",
            footer = {"", "Examples:", "  twinspan config show /etc/twinspan/twinspan.yaml"})
    static final class Show extends OfflineCommand {
        @Parameters(paramLabel = "FILE", description = "The configuration file.")
        private Path file = Path.of("");

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            return switch (ConfigLoader.load(file)) {
                case LoadResult.Loaded(GatewayConfig config, var _) -> {
                    spec.commandLine().getOut().print(EffectiveConfig.render(config));
                    spec.commandLine().getOut().flush();
                    yield ExitCode.OK;
                }
                case LoadResult.Invalid(List<Problem> problems) -> {
                    ProblemPrinter.lines(problems)
                            .forEach(line -> spec.commandLine().getErr().println(line));
                    yield ExitCode.CONFIG_INVALID;
                }
            };
        }
    }
}
