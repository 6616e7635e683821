package io.twinspan.daemon.app;

import ch.qos.logback.classic.LoggerContext;
import io.twinspan.config.ProblemPrinter;
import io.twinspan.daemon.cli.CommandFailure;
import io.twinspan.daemon.cli.DefaultSocket;
import io.twinspan.daemon.cli.ExitCode;
import io.twinspan.daemon.control.ConfigApi;
import io.twinspan.daemon.service.Service;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinspan run}: the daemon, in the foreground until SIGTERM or SIGINT. */
@Command(
        name = "run",
        description = {
            "Runs the gateway in the foreground until SIGTERM or Ctrl-C.",
            "The first signal ends it cleanly: DELETE to the peers, routes removed. A second one ends it at once.",
            "SIGHUP applies the configuration file as it stands then; what does not return is rolled back.",
            "Under systemd SIGTERM hands the tunnels over to the next start, and SIGINT ends it cleanly."
        },
        footer = {"", "Examples:", "  twinspan run --config /etc/twinspan/twinspan.yaml"})
final class RunCommand implements Callable<Integer> {
    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration file.")
    private Path file = Path.of("");

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "Where to serve the control API (default: /run/twinspan/twinspan.sock, or"
                    + " $XDG_RUNTIME_DIR/twinspan/twinspan.sock where the user may not write there).")
    private @Nullable Path socket;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "${env:TWINSPAN_STATE}",
            description =
                    "Where reports of drills are kept (default: $TWINSPAN_STATE, else /var/lib/twinspan, or beside"
                            + " the socket where the user may not write there).")
    private @Nullable Path state;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        try (Service service = Service.ofThisProcess()) {
            EndOfRun end = new EndOfRun(service.handsOver());
            OsSignals.onSignal("TERM", end::terminated);
            OsSignals.onSignal("INT", end::interrupted);
            Path listening = Optional.ofNullable(socket).orElseGet(DefaultSocket::forDaemon);
            Path keeping = Optional.ofNullable(state).orElseGet(() -> Environments.stateFolder(listening));
            StartingPoint start = load(keeping);
            try (GatewayDaemon daemon = GatewayDaemon.start(start, listening, keeping, service, end::terminated)) {
                OsSignals.onSignal("HUP", () -> {
                    var _ = daemon.config().apply(ConfigApi.Order.of("signal HUP"));
                });
                if (end.await() == EndOfRun.Ending.HAND_OVER) {
                    daemon.handOver();
                    flushLogs();
                    // Nothing is closed: closing would tell the peers and the kernel that this gateway is gone.
                    Runtime.getRuntime().halt(ExitCode.OK);
                }
            } catch (StartupException e) {
                throw new CommandFailure(e.exitCode(), String.valueOf(e.getMessage()), e.hint());
            } finally {
                flushLogs();
            }
        }
        return ExitCode.OK;
    }

    private StartingPoint load(Path keeping) {
        StartingPoint.Found found = StartingPoint.find(file, keeping);
        if (!found.problems().isEmpty()) {
            ProblemPrinter.lines(found.problems())
                    .forEach(line -> spec.commandLine().getErr().println(line));
        }
        if (found.start() == null) {
            throw new CommandFailure(ExitCode.CONFIG_INVALID, "nothing was started: " + file + " has errors", "");
        }
        return found.start();
    }

    private static void flushLogs() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
