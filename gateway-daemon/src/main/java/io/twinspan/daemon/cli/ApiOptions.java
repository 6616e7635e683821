package io.twinspan.daemon.cli;

import java.nio.file.Path;
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

    ApiClient client() {
        return new ApiClient(Optional.ofNullable(socket).orElseGet(DefaultSocket::forClient));
    }
}
