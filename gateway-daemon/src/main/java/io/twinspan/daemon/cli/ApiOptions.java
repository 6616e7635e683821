package io.twinspan.daemon.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that talks to the daemon. */
final class ApiOptions {
    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "The daemon's socket (default: /run/twinspan/twinspan.sock, or"
                    + " $XDG_RUNTIME_DIR/twinspan/twinspan.sock where there is no such socket).")
    private @Nullable Path socket;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long to wait for an answer (default: 10s, longer for what takes longer).")
    private @Nullable Duration timeout;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto (default: on a terminal, unless NO_COLOR is set), always or never.")
    private Colors color = Colors.auto;

    @Option(names = "--no-input", description = "Never ask, not even on a terminal.")
    private boolean noInput;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but data and errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Tell on standard error what is asked, and how long the answer took.")
    private boolean verbose;

    /**
     * The daemon's client.
     *
     * @param talk where {@code --verbose} talks
     */
    ApiClient client(PrintWriter talk) {
        ApiClient client = new ApiClient(socket());
        if (verbose) {
            client = client.telling(line -> {
                talk.println("twinspan: " + line);
                talk.flush();
            });
        }
        return timeout == null ? client : client.within(timeout);
    }

    /** What {@code --timeout} says. */
    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    Path socket() {
        return Optional.ofNullable(socket).orElseGet(DefaultSocket::forClient);
    }

    boolean paints() {
        return color.wanted();
    }

    boolean isQuiet() {
        return quiet;
    }

    /** Whether somebody can be asked. */
    boolean mayAsk() {
        return !noInput && Terminal.isInput();
    }
}
