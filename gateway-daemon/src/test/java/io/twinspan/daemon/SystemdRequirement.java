package io.twinspan.daemon;

import java.nio.file.Files;
import java.nio.file.Path;

/** systemd's own judge of units; skips with the reason, or fails where CI=true. */
public final class SystemdRequirement {
    /** The program. */
    public static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

    private SystemdRequirement() {}

    /** Skips or fails unless {@code systemd-analyze} is there. */
    public static void requireAnalyze() {
        if (!Files.isExecutable(ANALYZE)) {
            NamespaceRequirement.missing("this needs " + ANALYZE + ": install the package systemd");
        }
    }
}
