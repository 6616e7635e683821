package io.twinspan.daemon.cli;

import io.twinspan.config.ConfigLoader;
import io.twinspan.config.LoadResult;
import io.twinspan.config.ProblemPrinter;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.render.EffectiveConfig;
import io.twinspan.config.source.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code twinspan config}. */
@Command(
        name = "config",
        description = "Checks configuration files, and changes the configuration of a running gateway.",
        subcommands = {
            ConfigCommand.Check.class,
            ConfigCommand.Show.class,
            ConfigDiffCommand.class,
            ConfigApplyCommand.class,
            ConfigConfirmCommand.class,
            ConfigRollbackCommand.class,
            ConfigCommand.Schema.class
        },
        footer = {
            "",
            "Examples:",
            "  twinspan config check /etc/twinspan/twinspan.yaml",
            "  twinspan config diff",
            "  twinspan config apply --confirm 60s"
        })
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
            description = {
                "Prints a configuration as the gateway understands it, defaults included, secrets left out.",
                "Of a file, or without one the configuration that runs."
            },
            footer = {"", "Examples:", "  twinspan config show", "  twinspan config show /etc/twinspan/twinspan.yaml"})
    static final class Show extends ApiCommand {
        @Parameters(arity = "0..1", paramLabel = "FILE", description = "A configuration file; no daemon is asked then.")
        private @Nullable Path file;

        @Mixin
        private final OutputOption output = new OutputOption();

        @Override
        public Integer call() {
            output.requireKnownSchema();
            if (file == null) {
                // The configuration is YAML itself; JSON holds its text.
                if (output.isYaml()) {
                    show("GET", "/v1/config", true);
                } else {
                    ask(new Query("/v1/config"), output);
                }
                return ExitCode.OK;
            }
            return switch (ConfigLoader.load(file)) {
                case LoadResult.Loaded(GatewayConfig config, var _) -> {
                    String yaml = EffectiveConfig.render(config);
                    print(output.asText() || output.isYaml() ? yaml : json(yaml));
                    yield ExitCode.OK;
                }
                case LoadResult.Invalid(List<Problem> problems) -> {
                    ProblemPrinter.lines(problems).forEach(err()::println);
                    err().flush();
                    yield ExitCode.CONFIG_INVALID;
                }
            };
        }
    }

    /** As the daemon answers. */
    private static String json(String yaml) {
        return JsonMapper.shared()
                        .createObjectNode()
                        .put("schema", "twinspan.config/1")
                        .put("yaml", yaml) + "\n";
    }

    /** {@code twinspan config schema}. */
    @Command(
            name = "schema",
            description = "Prints the JSON schema of the configuration file, for editors.",
            footer = {"", "Examples:", "  twinspan config schema > twinspan.schema.json"})
    static final class Schema extends OfflineCommand {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            try (InputStream in = ConfigLoader.class.getResourceAsStream("twinspan.schema.json")) {
                if (in == null) {
                    throw new IllegalStateException("the schema is missing from this program");
                }
                spec.commandLine().getOut().print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                spec.commandLine().getOut().flush();
                return ExitCode.OK;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
