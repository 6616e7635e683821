package io.twinspan.daemon.diagnosis;

import io.twinspan.crypto.net.IpPrefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Judges the ways to the peers, the sizes on them, and whether networks get into each other's way. Pure. */
final class PathChecks {
    private static final int TCP_IPV4_HEADER_BYTES = 40;
    private static final int SHARED_FIRST = 100;
    private static final int SHARED_MASK = 0xc0;
    private static final int SHARED_SECOND = 64;

    private PathChecks() {}

    static List<Check> of(HostFacts facts) {
        List<Check> checks = new ArrayList<>();
        for (HostFacts.Connection connection : facts.connections()) {
            for (HostFacts.Peer peer : connection.peers()) {
                String subject = connection.name() + "/" + peer.tunnel();
                checks.add(route(subject, peer));
                if (peer.error().isEmpty()) {
                    checks.add(nat(subject, peer));
                    checks.add(outerMtu(subject, connection, peer));
                }
            }
            checks.add(prefixes(facts, connection));
        }
        return checks;
    }

    private static Check route(String subject, HostFacts.Peer peer) {
        return peer.error().isEmpty()
                ? Check.ok(
                        "peer-route",
                        subject,
                        peer.address().getHostAddress() + " from "
                                + peer.source().getHostAddress() + " over " + peer.device())
                : Check.fail(
                        "peer-route",
                        subject,
                        "no way to " + peer.address().getHostAddress() + ": " + peer.error(),
                        "ip route get " + peer.address().getHostAddress() + ", or name outside.bind");
    }

    private static Check nat(String subject, HostFacts.Peer peer) {
        return isPrivate(peer.source()) && !isPrivate(peer.address())
                ? Check.ok(
                        "nat",
                        subject,
                        "behind NAT: yes, " + peer.source().getHostAddress()
                                + " is private; ESP travels in UDP 4500, which the NAT and firewalls must let out")
                : Check.ok(
                        "nat",
                        subject,
                        "behind NAT: no sign of one at " + peer.source().getHostAddress() + "; IKE will find out");
    }

    /** RFC 1918, RFC 6598, RFC 4193 and link-local. */
    static boolean isPrivate(InetAddress address) {
        byte[] octets = address.getAddress();
        boolean shared =
                octets.length == 4 && (octets[0] & 0xff) == SHARED_FIRST && (octets[1] & SHARED_MASK) == SHARED_SECOND;
        boolean unique = octets.length == 16 && (octets[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || shared || unique;
    }

    private static Check outerMtu(String subject, HostFacts.Connection connection, HostFacts.Peer peer) {
        String inner = "inner MTU at least " + peer.innerMtuBytes() + ", MSS "
                + (peer.innerMtuBytes() - TCP_IPV4_HEADER_BYTES);
        return peer.linkMtuBytes() != 0 && peer.linkMtuBytes() < connection.uplinkMtuBytes()
                ? Check.warn(
                        "outer-mtu",
                        subject,
                        "uplink-mtu is " + connection.uplinkMtuBytes() + ", but " + peer.device() + " has "
                                + peer.linkMtuBytes() + ": full packets would be cut outside",
                        "uplink-mtu: " + peer.linkMtuBytes() + " on connection " + connection.name())
                : Check.ok(
                        "outer-mtu",
                        subject,
                        "outer MTU " + connection.uplinkMtuBytes() + " on " + peer.device() + ", " + inner);
    }

    private static Check prefixes(HostFacts facts, HostFacts.Connection connection) {
        for (IpPrefix remote : connection.remote()) {
            for (IpPrefix local : connection.local()) {
                if (local.overlaps(remote)) {
                    return Check.warn(
                            "prefixes",
                            connection.name(),
                            "the AWS network " + remote + " and the local network " + local
                                    + " overlap: which side a host is on is a matter of routes",
                            "networks that do not overlap, or narrower ones in 'local'");
                }
            }
            for (HostFacts.HostRoute route : facts.routes()) {
                boolean detour = !route.ours()
                        && !route.device().equals(connection.device())
                        && route.prefix().length() > remote.length()
                        && remote.contains(route.prefix().address());
                if (detour) {
                    return Check.warn(
                            "prefixes",
                            connection.name(),
                            "the host has a route of its own to " + route.prefix() + " over " + route.device()
                                    + ", part of " + remote + ": that traffic uses no tunnel",
                            "ip route delete " + route.prefix() + ", or leave this part out of 'remote'");
                }
            }
        }
        return Check.ok(
                "prefixes", connection.name(), "no route of the host gets in the way of " + connection.remote());
    }
}
