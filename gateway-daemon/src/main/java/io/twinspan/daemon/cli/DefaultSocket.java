package io.twinspan.daemon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the daemon's socket is when nobody says otherwise. */
public final class DefaultSocket {
    /** The system's daemon. */
    public static final Path SYSTEM = Path.of("/run/twinspan/twinspan.sock");

    private DefaultSocket() {}

    /** Where a daemon of this user listens. */
    public static Path forDaemon() {
        String runtimeFolder = System.getenv("XDG_RUNTIME_DIR");
        boolean personal = runtimeFolder != null && !runtimeFolder.isEmpty() && !isRoot();
        return personal ? Path.of(runtimeFolder, "twinspan", "twinspan.sock") : SYSTEM;
    }

    /** The daemon that a command talks to: this user's where there is one, else the system's. */
    static Path forClient() {
        Path own = forDaemon();
        return Files.exists(own) ? own : SYSTEM;
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
