package io.twinspan.daemon.interop;

import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.lab.StrongSwanPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.pcap4j.core.Pcaps;

/** Everything that these tests need besides a JDK; skips with the reason, or fails where CI=true. */
final class InteropRequirement {
    private static final Map<String, String> PACKAGE_OF_PROGRAM =
            Map.of("ip", "iproute2", "nft", "nftables", "tshark", "tshark", "python3", "python3");

    private InteropRequirement() {}

    static void require() {
        NamespaceRequirement.require();
        if (!StrongSwanPeer.missing().isEmpty()) {
            NamespaceRequirement.missing("this needs strongSwan: install the package " + StrongSwanPeer.missing());
        }
        PACKAGE_OF_PROGRAM.forEach((program, name) -> {
            if (!isOnPath(program)) {
                NamespaceRequirement.missing("this needs '" + program + "': install the package " + name);
            }
        });
        try {
            Pcaps.libVersion();
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            NamespaceRequirement.missing("this needs libpcap: install the package libpcap0.8");
        }
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
        return Arrays.stream(path.split(":", -1)).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
