package io.twinspan.daemon.app;

import io.twinspan.daemon.sys.CapabilitySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Looks at the host before anything is touched. */
final class Preflight {
    private static final Path TUN = Path.of("/dev/net/tun");
    private static final Path SYSCTL = Path.of("/proc/sys/net");

    private Preflight() {}

    /** Refuses to start without the rights and the device that a gateway needs. */
    static void requireRights() {
        List<CapabilitySet.Capability> missing = CapabilitySet.current().missing();
        if (!missing.isEmpty()) {
            String names = missing.stream().map(Enum::name).collect(Collectors.joining(", "));
            throw StartupException.notPermitted(
                    "the daemon lacks " + names, "run it as root, or by its systemd unit, which grants these");
        }
        if (!Files.exists(TUN)) {
            throw StartupException.failed(TUN + " does not exist", "load the module: modprobe tun");
        }
    }

    /** What works, but probably not as the operator wants. */
    static List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if ("0".equals(setting("ipv4/ip_forward"))) {
            warnings.add("net.ipv4.ip_forward is 0: only this host's own traffic can use the tunnels; "
                    + "fix: sysctl -w net.ipv4.ip_forward=1");
        }
        if ("1".equals(setting("ipv4/conf/all/rp_filter"))) {
            warnings.add("net.ipv4.conf.all.rp_filter is 1 (strict): the kernel drops packets from AWS networks that "
                    + "have no route into the TUN; fix: sysctl -w net.ipv4.conf.all.rp_filter=2");
        }
        return warnings;
    }

    private static String setting(String name) {
        try {
            return Files.readString(SYSCTL.resolve(name)).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
