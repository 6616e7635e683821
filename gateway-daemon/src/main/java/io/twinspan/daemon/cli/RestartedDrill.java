package io.twinspan.daemon.cli;

import java.time.Duration;
import java.util.function.Consumer;

/** A drill for which the daemon restarts: finds its next process, and follows the drill there to its end. */
final class RestartedDrill {
    /** A service that is not back by then needs somebody to look after it. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final long RETRY_MILLIS = 100;

    private final ApiClient client;
    private final Duration patience;

    RestartedDrill(ApiClient client) {
        this(client, PATIENCE);
    }

    RestartedDrill(ApiClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    /**
     * Returns once no drill of this id runs any more: then its report says what came of it.
     *
     * @return false where the next process was found when its drill was over already, so that its end was not heard
     * @throws CommandFailure where the daemon does not come back
     */
    boolean follow(String id, boolean asText, Consumer<String> lines) {
        String target = new Query("/v1/drills/follow").with("id", id).toString();
        long silentSince = System.nanoTime();
        boolean heard = true;
        while (true) {
            try {
                var _ = client.stream("GET", target, asText, lines);
                silentSince = System.nanoTime();
                heard = true;
            } catch (CommandFailure failure) {
                if (failure.exitCode() == ExitCode.USAGE) {
                    return heard;
                }
                heard = false;
                boolean over = System.nanoTime() - silentSince > patience.toNanos();
                if (over || !mayCome(failure)) {
                    throw over ? notBack(failure) : failure;
                }
            }
            pause();
        }
    }

    /** Between two processes there is no socket, or one that is nobody's yet. */
    private static boolean mayCome(CommandFailure failure) {
        return failure.exitCode() == ExitCode.UNREACHABLE || failure.exitCode() == ExitCode.NOT_PERMITTED;
    }

    private CommandFailure notBack(CommandFailure last) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "the daemon did not come back within " + TimeConverter.written(patience) + ": " + last.getMessage(),
                "'systemctl status twinspan' and 'journalctl -u twinspan' say why");
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.FAILED, "interrupted while the daemon restarts", "");
        }
    }
}
