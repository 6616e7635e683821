package io.twinspan.daemon.app;

import io.twinspan.daemon.routing.RoutePlan;
import io.twinspan.daemon.sys.CapabilitySet;
import io.twinspan.daemon.sys.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the host before anything is touched. */
final class Preflight {
    private static final Path TUN = Path.of("/dev/net/tun");
    private static final Path SYSCTL = Path.of("/proc/sys/net");
    private static final Set<String> NO_INTERFACES = Set.of("all", "default", "lo");

    private static final int MAX_SETTING_OCTETS = 256;
    private static final long MIN_FRAGMENT_OCTETS = 256 << 10;
    private static final long USUAL_FRAGMENT_OCTETS = 4 << 20;
    private static final long MAX_FRAGMENT_OCTETS = 64 << 20;

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

    /**
     * What works, but probably not as the operator wants.
     *
     * @param detours the host's own routes to parts of the protected prefixes
     */
    static List<String> warnings(List<RoutePlan> plans, List<Route> detours) {
        List<String> warnings = new ArrayList<>();
        if ("0".equals(setting("ipv4/ip_forward"))) {
            warnings.add("net.ipv4.ip_forward is 0: only this host's own traffic can use the tunnels; "
                    + "fix: sysctl -w net.ipv4.ip_forward=1");
        }
        for (Route detour : detours) {
            warnings.add(
                    "the host has a route of its own to " + detour.destination().getHostAddress() + "/"
                            + detour.prefixLength() + ", part of an AWS network: that traffic uses no tunnel; "
                            + "fix: remove the route, or leave this part out of 'remote'");
        }
        fragmentMemoryWarning().ifPresent(warnings::add);
        List<String> open = interfacesWithoutStrictFilter();
        plans.forEach(plan -> open.remove(plan.device()));
        if (!open.isEmpty()) {
            warnings.add("the reverse path filter is not strict on " + String.join(", ", open)
                    + ": clear packets that claim to come from the AWS networks are taken from there; "
                    + "fix: set rp_filter to 1 in net.ipv4.conf.all and for each of these interfaces");
        }
        return warnings;
    }

    /** The kernel puts outer fragments together in this much memory; we rely on its limit. */
    private static Optional<String> fragmentMemoryWarning() {
        String text = setting("ipv4/ipfrag_high_thresh");
        if (!text.matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        long octets = Long.parseLong(text);
        boolean small = octets < MIN_FRAGMENT_OCTETS;
        return small || octets > MAX_FRAGMENT_OCTETS
                ? Optional.of("net.ipv4.ipfrag_high_thresh is " + octets
                        + (small
                                ? ": the kernel can hardly put any fragmented packet together; "
                                : ": a flood of unfinished fragments may take that much memory; ")
                        + "fix: sysctl -w net.ipv4.ipfrag_high_thresh=" + USUAL_FRAGMENT_OCTETS)
                : Optional.empty();
    }

    /** Where the larger of the common and the interface's own setting is not 1, ip-sysctl. */
    private static List<String> interfacesWithoutStrictFilter() {
        String common = setting("ipv4/conf/all/rp_filter");
        try (Stream<Path> interfaces = Files.list(SYSCTL.resolve("ipv4/conf"))) {
            return interfaces
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !NO_INTERFACES.contains(name) && !isStrict(common, name))
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
        } catch (IOException e) {
            return new ArrayList<>();
        }
    }

    private static boolean isStrict(String common, String name) {
        String own = setting("ipv4/conf/" + name + "/rp_filter");
        return !common.equals("2") && !own.equals("2") && (common.equals("1") || own.equals("1"));
    }

    private static String setting(String name) {
        // In one read: for some of these files the kernel has nothing more to say to a second one, proc_sys(5).
        try (InputStream file = Files.newInputStream(SYSCTL.resolve(name))) {
            return new String(file.readNBytes(MAX_SETTING_OCTETS), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
