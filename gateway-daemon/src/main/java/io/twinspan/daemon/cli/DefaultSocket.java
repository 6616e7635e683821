package io.twinspan.daemon.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the daemon's socket is when nobody says otherwise. */
public final class DefaultSocket {
    /** The system's daemon. */
    public static final Path SYSTEM = Path.of("/run/twinspan/twinspan.sock");

    private DefaultSocket() {}

    /**
     * Where a daemon of this process would listen: the system's place where it may be written, else the user's runtime
     * folder, else a folder of the user's in the temporary one. Asks for write access and not for user 0, because a daemon in
     * a user namespace is its own root.
     */
    public static Path forDaemon() {
        return candidates().stream()
                .filter(socket -> Stream.iterate(socket.getParent(), folder -> folder != null, Path::getParent)
                        .filter(Files::exists)
                        .findFirst()
                        .map(Files::isWritable)
                        .orElse(false))
                .findFirst()
                .orElse(SYSTEM);
    }

    /** The daemon that a command talks to: the first place where a socket is, as far as we may look. */
    static Path forClient() {
        return candidates().stream()
                .filter(socket -> !Files.notExists(socket))
                .findFirst()
                .orElse(SYSTEM);
    }

    private static List<Path> candidates() {
        return Stream.of(
                        Optional.of(SYSTEM),
                        variable("XDG_RUNTIME_DIR").map(folder -> Path.of(folder, "twinspan", "twinspan.sock")),
                        variable("USER")
                                .map(user -> Path.of(
                                        System.getProperty("java.io.tmpdir", "/tmp"),
                                        "twinspan-" + user,
                                        "twinspan.sock")))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }
}
