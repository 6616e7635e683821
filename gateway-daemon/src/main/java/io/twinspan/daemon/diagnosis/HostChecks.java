package io.twinspan.daemon.diagnosis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Judges a host: may a gateway start here, and will it work well. Pure. */
public final class HostChecks {
    private static final Set<Integer> IKE_PORTS = Set.of(500, 4500);
    private static final Set<String> NO_INTERFACES = Set.of("all", "default", "lo");
    private static final String FILTER = "ipv4/conf/";
    private static final String FILTER_NAME = "/rp_filter";

    /** No gateway of this kind ran before; a clock that shows less has lost its battery. */
    private static final Instant SANE = Instant.parse("2026-01-01T00:00:00Z");

    private static final long MICROS = 1_000_000;
    private static final long MIN_FRAGMENT_OCTETS = 256 << 10;
    private static final long MAX_FRAGMENT_OCTETS = 64 << 20;

    private HostChecks() {}

    /** All checks of the host, in the order in which an operator would fix what they find. */
    public static List<Check> of(HostFacts facts) {
        List<Check> checks = new ArrayList<>();
        checks.add(config(facts));
        checks.add(capabilities(facts));
        checks.add(tun(facts));
        checks.add(ports(facts));
        checks.add(daemons(facts));
        checks.add(cipher(facts));
        checks.add(api(facts));
        checks.add(clock(facts.clock()));
        checks.add(forwarding(facts));
        checks.add(reversePath(facts));
        checks.add(buffers(facts));
        checks.add(fragments(facts));
        checks.addAll(PathChecks.of(facts));
        return List.copyOf(checks);
    }

    private static Check config(HostFacts facts) {
        HostFacts.ConfigProblems problems = facts.configProblems();
        if (!problems.errors().isEmpty()) {
            return Check.fail(
                    "config",
                    "",
                    problems.errors().size() + " errors, first: "
                            + problems.errors().getFirst(),
                    "twinspan config check FILE lists all of them");
        }
        if (facts.connections().isEmpty()) {
            return Check.skip("config", "", "no configuration was given");
        }
        return problems.warnings().isEmpty()
                ? Check.ok(
                        "config",
                        "",
                        "configuration of " + facts.connections().size() + " connections without problems")
                : Check.warn(
                        "config",
                        "",
                        problems.warnings().size() + " warnings, first: "
                                + problems.warnings().getFirst(),
                        "twinspan config check FILE lists all of them");
    }

    private static Check capabilities(HostFacts facts) {
        return facts.missingCapabilities().isEmpty()
                ? Check.ok("capabilities", "", "CAP_NET_ADMIN, CAP_NET_RAW, CAP_NET_BIND_SERVICE")
                : Check.fail(
                        "capabilities",
                        "",
                        "missing: " + String.join(", ", facts.missingCapabilities()),
                        "run as root, or by the systemd unit, which grants these");
    }

    private static Check tun(HostFacts facts) {
        if (!facts.tun().error().isEmpty()) {
            return Check.fail(
                    "tun", "", facts.tun().error(), "modprobe tun, and CAP_NET_ADMIN for who makes the device");
        }
        return facts.tun().offloads()
                ? Check.ok("tun", "", "/dev/net/tun, vnet_hdr usable")
                : Check.warn(
                        "tun",
                        "",
                        "/dev/net/tun works, but without vnet_hdr: packets pass one by one",
                        "a kernel of 5.4 or later");
    }

    private static Check ports(HostFacts facts) {
        Map<Integer, String> holders = new TreeMap<>(facts.portHolders());
        holders.keySet().retainAll(IKE_PORTS);
        if (facts.running()) {
            return Check.ok("udp-ports", "", "UDP 500 and 4500 are held by the gateway");
        }
        if (holders.isEmpty()) {
            return Check.ok("udp-ports", "", "UDP 500 and 4500 free");
        }
        StringBuilder text = new StringBuilder();
        holders.forEach((port, holder) -> text.append(text.isEmpty() ? "" : ", ")
                .append(holder)
                .append(" holds UDP ")
                .append(port));
        return Check.fail(
                "udp-ports",
                "",
                text.toString(),
                stop(holders.values().iterator().next()));
    }

    private static Check daemons(HostFacts facts) {
        return facts.ipsecDaemons().isEmpty()
                ? Check.ok("ipsec-daemons", "", "no other IPsec daemon runs")
                : Check.warn(
                        "ipsec-daemons",
                        "",
                        "also running: " + String.join(", ", facts.ipsecDaemons())
                                + "; two of them disturb each other's ports and routes",
                        stop(facts.ipsecDaemons().getFirst()));
    }

    private static String stop(String holder) {
        String unit = switch (holder.split(" ", 2)[0]) {
            case "charon", "charon-systemd", "starter" -> "systemctl disable --now strongswan strongswan-starter";
            case "pluto" -> "systemctl disable --now ipsec";
            case "racoon" -> "systemctl disable --now racoon";
            case "iked" -> "systemctl disable --now iked";
            case "java" -> "another twinspan? systemctl stop twinspan";
            default -> "stop " + holder;
        };
        return unit;
    }

    /** A warning only: traffic flows without it. */
    private static Check api(HostFacts facts) {
        HostFacts.Api api = facts.api();
        if (api.listen().isEmpty()) {
            return Check.ok("api-listener", "", "the API is on its Unix socket alone, as configured");
        }
        return api.problems().isEmpty()
                ? Check.ok("api-listener", "", "API and dashboard on " + api.listen())
                : Check.warn(
                        "api-listener",
                        "",
                        "no API and no dashboard on " + api.listen() + ": " + String.join("; ", api.problems()),
                        HostFacts.Api.FIX);
    }

    private static Check cipher(HostFacts facts) {
        HostFacts.Cipher cipher = facts.cipher();
        if (!cipher.error().isEmpty()) {
            return Check.fail("cipher", "", cipher.error(), "dataplane.crypto-engine: auto");
        }
        if (!cipher.aes()) {
            return Check.warn(
                    "cipher",
                    "",
                    "this processor has no AES instructions: expect a tenth of the speed",
                    "another machine, or let the virtual machine see the host's processor");
        }
        String others = cipher.others().isEmpty() ? "" : "; not " + String.join(", ", cipher.others());
        return Check.ok("cipher", "", "AES instructions, AES-GCM by " + cipher.engine() + others);
    }

    private static Check clock(HostFacts.Clock clock) {
        if (clock.now().isBefore(SANE)) {
            return Check.fail(
                    "clock",
                    "",
                    "the clock shows " + clock.now() + ": lifetimes in logs and reports will be wrong",
                    "set it, and run chrony or systemd-timesyncd");
        }
        return switch (clock.state()) {
            case SYNCHRONISED ->
                Check.ok(
                        "clock",
                        "",
                        String.format(Locale.ROOT, "clock within %.1f s", clock.errorMicros() / (double) MICROS));
            case UNSYNCHRONISED ->
                Check.warn(
                        "clock",
                        "",
                        "the clock is not synchronised: times in events cannot be compared with AWS's",
                        "run chrony or systemd-timesyncd");
            case UNKNOWN -> Check.skip("clock", "", "the kernel does not tell whether the clock is synchronised");
        };
    }

    private static Check forwarding(HostFacts facts) {
        boolean ipv6 = facts.connections().stream()
                .flatMap(it -> it.remote().stream())
                .anyMatch(prefix -> prefix.address().getAddress().length == 16);
        List<String> off = Stream.of("ipv4/ip_forward", ipv6 ? "ipv6/conf/all/forwarding" : "")
                .filter(name -> "0".equals(facts.sysctl().get(name)))
                .map(name -> "net." + name.replace('/', '.'))
                .toList();
        return off.isEmpty()
                ? Check.ok("forwarding", "", "the kernel forwards packets")
                : Check.warn(
                        "forwarding",
                        "",
                        String.join(", ", off) + " is 0: only this host's own traffic can use the tunnels",
                        "sysctl -w " + off.getFirst() + "=1");
    }

    /** Where the larger of the common and the interface's own setting is not 1, ip-sysctl. */
    private static Check reversePath(HostFacts facts) {
        List<String> devices =
                facts.connections().stream().map(HostFacts.Connection::device).toList();
        String common = facts.sysctl().getOrDefault(FILTER + "all" + FILTER_NAME, "");
        List<String> open = facts.sysctl().keySet().stream()
                .filter(name -> name.startsWith(FILTER) && name.endsWith(FILTER_NAME))
                .map(name -> name.substring(FILTER.length(), name.length() - FILTER_NAME.length()))
                .filter(name -> !NO_INTERFACES.contains(name) && !devices.contains(name))
                .filter(name -> !isStrict(common, facts.sysctl().getOrDefault(FILTER + name + FILTER_NAME, "")))
                .sorted()
                .toList();
        return open.isEmpty()
                ? Check.ok("rp-filter", "", "the reverse path filter is strict on every interface outside the tunnels")
                : Check.warn(
                        "rp-filter",
                        "",
                        "the reverse path filter is not strict on " + String.join(", ", open)
                                + ": clear packets that claim to come from the AWS networks are taken from there",
                        "sysctl -w net.ipv4.conf.all.rp_filter=1, and 1 for each of these interfaces");
    }

    private static boolean isStrict(String common, String own) {
        return !common.equals("2") && !own.equals("2") && (common.equals("1") || own.equals("1"));
    }

    private static Check buffers(HostFacts facts) {
        int wanted = facts.connections().stream()
                .mapToInt(HostFacts.Connection::wantedBufferOctets)
                .max()
                .orElse(0);
        if (wanted == 0) {
            return Check.skip("socket-buffers", "", "without a configuration nobody knows what is wanted");
        }
        List<String> small = Stream.of("core/rmem_max", "core/wmem_max")
                .filter(name -> number(facts.sysctl().get(name)) < wanted
                        && facts.sysctl().containsKey(name))
                .map(name ->
                        "net." + name.replace('/', '.') + " " + facts.sysctl().get(name))
                .toList();
        return small.isEmpty()
                ? Check.ok("socket-buffers", "", "socket buffers may be as large as wanted (" + wanted + ")")
                : Check.warn(
                        "socket-buffers",
                        "",
                        String.join(", ", small) + ", wanted " + wanted
                                + ": without CAP_NET_ADMIN in the first user namespace bursts are lost",
                        "sysctl -w net.core.rmem_max=" + wanted + " net.core.wmem_max=" + wanted);
    }

    /** The kernel puts outer fragments together in this much memory; we rely on its limit. */
    private static Check fragments(HostFacts facts) {
        long octets = number(facts.sysctl().get("ipv4/ipfrag_high_thresh"));
        String what = "net.ipv4.ipfrag_high_thresh is " + octets;
        String fix = "sysctl -w net.ipv4.ipfrag_high_thresh=4194304";
        if (octets < 0) {
            return Check.skip("fragments", "", "net.ipv4.ipfrag_high_thresh cannot be read");
        }
        if (octets < MIN_FRAGMENT_OCTETS) {
            return Check.warn(
                    "fragments", "", what + ": the kernel can hardly put any fragmented packet together", fix);
        }
        return octets > MAX_FRAGMENT_OCTETS
                ? Check.warn("fragments", "", what + ": a flood of unfinished fragments may take that much memory", fix)
                : Check.ok("fragments", "", what);
    }

    private static long number(@org.jspecify.annotations.Nullable String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }
}
