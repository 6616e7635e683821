package io.twinspan.daemon.lab;

import io.twinspan.daemon.NamespaceRequirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real systemd in a container; skips with the reason, or fails where CI=true. */
final class ServiceRequirement {
    private static final Path CAPABILITIES = Path.of("/proc/self/status");
    private static final long SYS_ADMIN = 1L << 21;
    private static final Map<String, String> PACKAGE_OF_PROGRAM = Map.of(
            "/usr/bin/systemd-nspawn", "systemd-container",
            "/usr/bin/systemctl", "systemd",
            "/usr/bin/nsenter", "util-linux",
            "/usr/bin/mount", "mount");

    private ServiceRequirement() {}

    static void require() throws Exception {
        NamespaceRequirement.require();
        PACKAGE_OF_PROGRAM.forEach((program, name) -> {
            if (!Files.isExecutable(Path.of(program))) {
                NamespaceRequirement.missing("this needs " + program + ": install the package " + name);
            }
        });
        long effective = Files.readAllLines(CAPABILITIES).stream()
                .filter(line -> line.startsWith("CapEff:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("CapEff:".length()).strip(), 16))
                .findFirst()
                .orElse(0);
        if ((effective & SYS_ADMIN) == 0 || !"root".equals(System.getProperty("user.name"))) {
            NamespaceRequirement.missing("this needs root with CAP_SYS_ADMIN, to boot a container");
        }
    }
}
