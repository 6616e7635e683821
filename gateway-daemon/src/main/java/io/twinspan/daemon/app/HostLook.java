package io.twinspan.daemon.app;

import static io.twinspan.daemon.diagnosis.HostFacts.ClockState.SYNCHRONISED;
import static io.twinspan.daemon.diagnosis.HostFacts.ClockState.UNKNOWN;
import static io.twinspan.daemon.diagnosis.HostFacts.ClockState.UNSYNCHRONISED;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.config.model.TunnelConfig.BindAddress;
import io.twinspan.crypto.engine.CipherFamily;
import io.twinspan.crypto.engine.EngineReport;
import io.twinspan.crypto.engine.FamilyChoice;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.control.InnerSizes;
import io.twinspan.daemon.diagnosis.HostFacts;
import io.twinspan.daemon.routing.RouteInstaller;
import io.twinspan.daemon.sys.CapabilitySet;
import io.twinspan.daemon.sys.KernelClock;
import io.twinspan.daemon.sys.Route;
import io.twinspan.daemon.sys.Rtnetlink;
import io.twinspan.daemon.sys.SyscallException;
import io.twinspan.daemon.sys.TunDevice;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Gathers what {@link io.twinspan.daemon.diagnosis.HostChecks} judges, in the network namespace of the calling thread. */
final class HostLook {
    private static final Path PROC = Path.of("/proc");
    private static final Path SYSCTL = Path.of("/proc/sys/net");
    private static final List<String> SETTINGS = List.of(
            "ipv4/ip_forward",
            "ipv6/conf/all/forwarding",
            "core/rmem_max",
            "core/wmem_max",
            "ipv4/ipfrag_high_thresh",
            "ipv4/ipfrag_time");
    private static final Set<String> IPSEC_DAEMONS =
            Set.of("charon", "charon-systemd", "starter", "pluto", "racoon", "iked", "isakmpd");
    private static final int MAX_SETTING_OCTETS = 256;
    private static final int DEVICE_SUFFIX = 10_000;

    private HostLook() {}

    /**
     * Looks at everything.
     *
     * @param running true in the gateway's own process
     * @param config what runs or is to run; with no connections where it could not be read
     * @param api how its TCP listener does
     * @param problems of the configuration
     */
    static HostFacts at(
            boolean running,
            GatewayConfig config,
            HostFacts.Cipher cipher,
            HostFacts.Api api,
            HostFacts.ConfigProblems problems) {
        try (Rtnetlink netlink = new Rtnetlink()) {
            Map<Integer, String> links = netlink.linkNames();
            return new HostFacts(
                    running,
                    holders(),
                    running ? new HostFacts.Tun("", config.dataPlane().offloads()) : tun(),
                    CapabilitySet.current().missing().stream().map(Enum::name).toList(),
                    sysctl(),
                    clock(),
                    cipher,
                    api,
                    ipsecDaemons(),
                    routes(netlink, links),
                    problems,
                    config.connections().stream()
                            .map(it -> connection(it, config.dataPlane().socketBufferOctets(), netlink, links))
                            .toList());
        }
    }

    private static Map<Integer, String> holders() {
        Map<Integer, String> result = new TreeMap<>();
        for (int port : new int[] {500, 4500}) {
            if (PortHolder.isTaken(port)) {
                result.put(port, PortHolder.ofPort(port).orElse("a process that this user may not see"));
            }
        }
        return result;
    }

    /** The one way to know is to make a device; it goes with its descriptor. */
    private static HostFacts.Tun tun() {
        String name = "tsprobe" + ProcessHandle.current().pid() % DEVICE_SUFFIX;
        try (TunDevice device = TunDevice.open(name, true)) {
            return new HostFacts.Tun("", device.hasOffloads());
        } catch (SyscallException withOffloads) {
            try (TunDevice _ = TunDevice.open(name, false)) {
                return new HostFacts.Tun("", false);
            } catch (SyscallException e) {
                return new HostFacts.Tun(String.valueOf(e.getMessage()), false);
            }
        }
    }

    /** Kernel parameters by their names below /proc/sys/net. */
    static Map<String, String> sysctl() {
        Map<String, String> result = new TreeMap<>();
        SETTINGS.forEach(name -> read(result, name));
        try (Stream<Path> interfaces = Files.list(SYSCTL.resolve("ipv4/conf"))) {
            interfaces.forEach(folder -> read(result, "ipv4/conf/" + folder.getFileName() + "/rp_filter"));
        } catch (IOException e) {
            return result;
        }
        return result;
    }

    private static void read(Map<String, String> into, String name) {
        // In one read: for some of these files the kernel has nothing more to say to a second one, proc_sys(5).
        try (InputStream file = Files.newInputStream(SYSCTL.resolve(name))) {
            into.put(name, new String(file.readNBytes(MAX_SETTING_OCTETS), StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            into.remove(name);
        }
    }

    private static HostFacts.Clock clock() {
        Instant now = Instant.now();
        try {
            KernelClock clock = KernelClock.read();
            return new HostFacts.Clock(now, clock.synchronised() ? SYNCHRONISED : UNSYNCHRONISED, clock.errorMicros());
        } catch (SyscallException e) {
            return new HostFacts.Clock(now, UNKNOWN, 0);
        }
    }

    /** What was chosen, or what a trial on this host gives. */
    static HostFacts.Cipher cipher(EngineReport report) {
        FamilyChoice gcm = report.of(CipherFamily.AES_GCM);
        // Why a faster one was not taken is of interest only where the slow one was.
        boolean slow = gcm.engine().name().equals("jdk");
        return new HostFacts.Cipher(
                gcm.engine().toString(),
                hasAes(),
                gcm.others().stream()
                        .filter(_ -> slow)
                        .map(it -> it.engine() + " (" + it.reason() + ")")
                        .toList(),
                "");
    }

    /** A processor without AES instructions, or none that this finds out. */
    static boolean hasAes() {
        try (Stream<String> lines = Files.lines(PROC.resolve("cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                    .anyMatch(line -> (line + " ").contains(" aes "));
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> ipsecDaemons() {
        List<String> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            for (Path process : entries.filter(it -> it.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                String name = PortHolder.name(process);
                if (IPSEC_DAEMONS.contains(name) && PortHolder.isInThisNetwork(process)) {
                    found.add(name + " (pid " + process.getFileName() + ")");
                }
            }
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    /** The main table. */
    static List<HostFacts.HostRoute> routes(Rtnetlink netlink, Map<Integer, String> links) {
        return netlink.routes().stream()
                .map(route -> new HostFacts.HostRoute(
                        IpPrefix.of(route.destination(), route.prefixLength()),
                        links.getOrDefault(route.interfaceIndex(), ""),
                        route.kind() == Route.Kind.UNICAST
                                ? "unicast"
                                : route.kind() == Route.Kind.BLACKHOLE ? "blackhole" : "other",
                        route.metric(),
                        route.protocol() == RouteInstaller.ROUTE_PROTOCOL))
                .toList();
    }

    private static HostFacts.Connection connection(
            ConnectionConfig config, int bufferOctets, Rtnetlink netlink, Map<Integer, String> links) {
        return new HostFacts.Connection(
                config.name(),
                config.device(),
                config.localPrefixes(),
                config.remotePrefixes(),
                config.uplinkMtuBytes(),
                bufferOctets,
                config.tunnels().stream()
                        .filter(tunnel -> !tunnel.outsideRemote().isAnyLocalAddress())
                        .map(tunnel -> peer(config, tunnel, netlink, links))
                        .toList());
    }

    private static HostFacts.Peer peer(
            ConnectionConfig config, TunnelConfig tunnel, Rtnetlink netlink, Map<Integer, String> links) {
        InetAddress peer = tunnel.outsideRemote();
        int inner = InnerSizes.deviceMtuBytes(config);
        try {
            Route route = netlink.routeTo(peer);
            InetAddress source =
                    tunnel.bind() instanceof BindAddress.Fixed(InetAddress address) ? address : route.preferredSource();
            boolean refused = route.kind() != Route.Kind.UNICAST;
            return new HostFacts.Peer(
                    tunnel.number(),
                    peer,
                    source,
                    links.getOrDefault(route.interfaceIndex(), ""),
                    refused ? 0 : netlink.linkMtu(route.interfaceIndex()),
                    inner,
                    refused ? "the host's route to it leads nowhere outside" : "");
        } catch (SyscallException e) {
            return new HostFacts.Peer(tunnel.number(), peer, peer, "", 0, inner, String.valueOf(e.getMessage()));
        }
    }
}
