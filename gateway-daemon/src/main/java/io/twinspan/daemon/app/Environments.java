package io.twinspan.daemon.app;

import io.twinspan.daemon.drill.DrillReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the machine says of itself. */
final class Environments {
    private static final Path STATE = Path.of("/var/lib/twinspan");
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private Environments() {}

    /** Where a daemon keeps what outlives it, when nobody says: the system's place, or beside its socket. */
    static Path stateFolder(Path socket) {
        Path existing = Files.exists(STATE) ? STATE : STATE.getParent();
        return Files.isWritable(existing) ? STATE : socket.toAbsolutePath().resolveSibling("state");
    }

    /** For reports. */
    static DrillReport.Environment ofDrills(String version) {
        return new DrillReport.Environment(
                version,
                hostName(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java "
                        + System.getProperty("java.version"));
    }

    private static String hostName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
