package io.twinspan.daemon.app;

import io.twinspan.config.ConfigLoader;
import io.twinspan.config.LoadResult;
import io.twinspan.config.model.ApiConfig;
import io.twinspan.config.model.DataPlaneConfig;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.MetricsConfig;
import io.twinspan.config.source.Problem;
import io.twinspan.config.source.Severity;
import io.twinspan.daemon.cli.CheckExit;
import io.twinspan.daemon.diagnosis.Check;
import io.twinspan.daemon.diagnosis.HostChecks;
import io.twinspan.daemon.diagnosis.HostFacts;
import io.twinspan.daemon.http.CheckRendering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinspan preflight}: looks at the host before the first start; needs no daemon. */
@Command(
        name = "preflight",
        description = {
            "Looks at this host before the first start: ports, TUN, rights, clock, forwarding, filters, buffers, ciphers,"
                    + " ways to the peers, sizes, networks that overlap, other IPsec daemons. Changes nothing.",
            "Exits with 0 where a gateway can start, with 3 where something warns, with 1 where it cannot start."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan preflight",
            "  twinspan preflight --config /etc/twinspan/twinspan.yaml",
            "  twinspan preflight -o json"
        })
final class PreflightCommand implements Callable<Integer> {
    private static final Path USUAL = Path.of("/etc/twinspan/twinspan.yaml");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration to start with (default: /etc/twinspan/twinspan.yaml where there is one).")
    private @Nullable Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table (default) or json.")
    private Format format = Format.table;

    @Option(names = "--socket", paramLabel = "PATH", description = "Accepted as everywhere; no daemon is asked here.")
    void socket(String path) {
        // Nothing to connect to.
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The formats, as typed. */
    enum Format {
        table,
        json
    }

    @Override
    public Integer call() {
        Path wanted = file == null && Files.exists(USUAL) ? USUAL : file;
        GatewayConfig config = nothing();
        HostFacts.ConfigProblems problems = new HostFacts.ConfigProblems(List.of(), List.of());
        if (wanted != null) {
            LoadResult result = ConfigLoader.load(wanted);
            problems = new HostFacts.ConfigProblems(lines(result, Severity.ERROR), lines(result, Severity.WARNING));
            if (result instanceof LoadResult.Loaded(GatewayConfig loaded, var _)) {
                config = loaded;
            }
        }
        HostFacts facts = HostLook.at(false, config, cipher(config), ApiListener.trial(config.api()), problems);
        List<Check> checks = HostChecks.of(facts);
        spec.commandLine()
                .getOut()
                .print(format == Format.json ? CheckRendering.json(checks) : CheckRendering.text(checks, false));
        spec.commandLine().getOut().flush();
        return CheckExit.of(Check.worst(checks).label());
    }

    /** Defaults, and no connection to look after. */
    private static GatewayConfig nothing() {
        DataPlaneConfig dataPlane = new DataPlaneConfig(
                DataPlaneConfig.CryptoEngine.AUTO,
                true,
                0,
                Duration.ZERO,
                0,
                DataPlaneConfig.Pacing.OFF,
                Duration.ofMillis(5),
                Duration.ofMillis(100));
        return new GatewayConfig(dataPlane, ApiConfig.DEFAULT, MetricsConfig.DEFAULT, List.of());
    }

    private static HostFacts.Cipher cipher(GatewayConfig config) {
        try {
            return HostLook.cipher(CryptoEngines.choose(config.dataPlane()).report());
        } catch (StartupException e) {
            return new HostFacts.Cipher("", HostLook.hasAes(), List.of(), String.valueOf(e.getMessage()));
        }
    }

    private static List<String> lines(LoadResult result, Severity severity) {
        return result.problems().stream()
                .filter(it -> it.severity() == severity)
                .map(PreflightCommand::line)
                .toList();
    }

    private static String line(Problem problem) {
        return problem.at() + " " + problem.path() + ": " + problem.sentence();
    }
}
