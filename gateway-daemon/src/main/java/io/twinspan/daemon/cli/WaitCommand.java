package io.twinspan.daemon.cli;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinspan wait}. */
@Command(
        name = "wait",
        description = {
            "Waits until connections carry traffic, or until the loss of a tunnel would be covered; for scripts.",
            "Waits for the daemon, too. When --timeout (default: 60s) is over, exits with 3 where traffic is carried,"
                    + " with 4 where it is not, with 5 where no daemon answers."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan wait",
            "  twinspan wait prod --for redundant --timeout 2m",
            "  twinspan up prod && twinspan wait prod"
        })
final class WaitCommand extends ApiCommand {
    private static final Duration USUAL = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 200;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "Wait for this connection only.")
    private @Nullable String connection;

    @Option(names = "--for", paramLabel = "STATE", defaultValue = "up", description = "up (default) or redundant.")
    private Goal goal = Goal.up;

    /** What to wait for, as typed. */
    enum Goal {
        up,
        redundant
    }

    @Override
    public Integer call() {
        long endNanos = System.nanoTime() + options().timeout().orElse(USUAL).toNanos();
        String target =
                new Query("/v1/status").withGiven("connection", connection).toString();
        while (true) {
            int code = look(target, endNanos - System.nanoTime());
            if (code == ExitCode.OK) {
                return code;
            }
            if (System.nanoTime() - endNanos >= 0) {
                say("twinspan: still "
                        + (code == ExitCode.DEGRADED ? "not redundant" : code == ExitCode.DOWN ? "down" : "no daemon"));
                return code;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return code;
            }
        }
    }

    private int look(String target, long leftNanos) {
        ApiAnswer answer;
        try {
            answer = client().within(Duration.ofNanos(Math.clamp(leftNanos, LOOK_NANOS, ApiClient.TIMEOUT.toNanos())))
                    .exchange("GET", target, false);
        } catch (CommandFailure failure) {
            if (failure.exitCode() == ExitCode.UNREACHABLE) {
                return ExitCode.UNREACHABLE;
            }
            throw failure;
        }
        if (answer.status() != 200) {
            throw answer.failure();
        }
        if (answer.state().equals("down")) {
            return ExitCode.DOWN;
        }
        // A member of every connection in the answer, and of nothing else.
        return goal == Goal.redundant && answer.body().contains("\"redundant\":false")
                ? ExitCode.DEGRADED
                : ExitCode.OK;
    }
}
