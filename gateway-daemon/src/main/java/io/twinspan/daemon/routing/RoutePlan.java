package io.twinspan.daemon.routing;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.sys.RouteMetrics;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What one connection needs from the host's network.
 *
 * @param device name of the TUN device
 * @param mtuBytes its MTU: the smallest inner MTU of the tunnels
 * @param ipv4RouteMtuBytes largest packet that the kernel hands over on IPv4 routes although it exceeds the device's MTU; 0
 *     has the kernel itself cut or refuse what exceeds it. IPv6 routes never carry it: only the sender may cut IPv6
 * @param insideAddresses addresses of the device
 * @param protectedPrefixes networks behind the peer, routed into the device and never anywhere else
 * @param preferredSources source addresses that the gateway's own traffic takes, by address family; may be empty
 * @param outsidePeers outside addresses of the peer, which must stay reachable outside the device
 */
public record RoutePlan(
        String device,
        int mtuBytes,
        int ipv4RouteMtuBytes,
        List<InsideAddress> insideAddresses,
        List<IpPrefix> protectedPrefixes,
        List<InetAddress> preferredSources,
        List<InetAddress> outsidePeers) {
    private static final int MIN_IPV6_MTU_BYTES = 1280;
    private static final int TCP_IPV4_HEADER_BYTES = 40;

    public RoutePlan {
        insideAddresses = List.copyOf(insideAddresses);
        protectedPrefixes = List.copyOf(protectedPrefixes);
        preferredSources = List.copyOf(preferredSources);
        outsidePeers = List.copyOf(outsidePeers);
    }

    /** With the kernel as the judge of what is too large. */
    public RoutePlan(
            String device,
            int mtuBytes,
            List<InsideAddress> insideAddresses,
            List<IpPrefix> protectedPrefixes,
            List<InetAddress> preferredSources,
            List<InetAddress> outsidePeers) {
        this(device, mtuBytes, 0, insideAddresses, protectedPrefixes, preferredSources, outsidePeers);
    }

    /** The same for another MTU, but for IPv6 never less than every IPv6 device must carry (RFC 8200 section 5). */
    public RoutePlan withMtu(int newMtuBytes) {
        boolean ipv6 = insideAddresses.stream().anyMatch(inside -> isIpv6(inside.local()))
                || protectedPrefixes.stream().anyMatch(prefix -> isIpv6(prefix.address()));
        return new RoutePlan(
                device,
                ipv6 ? Math.max(MIN_IPV6_MTU_BYTES, newMtuBytes) : newMtuBytes,
                ipv4RouteMtuBytes,
                insideAddresses,
                protectedPrefixes,
                preferredSources,
                outsidePeers);
    }

    private static boolean isIpv6(InetAddress address) {
        return address.getAddress().length == 16;
    }

    /** What a route into the device carries: what the kernel hands over, and what the host's own TCP announces. */
    RouteMetrics metricsFor(IpPrefix prefix) {
        return ipv4RouteMtuBytes == 0 || isIpv6(prefix.address())
                ? RouteMetrics.NONE
                : new RouteMetrics(ipv4RouteMtuBytes, mtuBytes - TCP_IPV4_HEADER_BYTES);
    }

    /** The source address that routes of this prefix's family prefer. */
    Optional<InetAddress> preferredSourceFor(IpPrefix prefix) {
        int family = prefix.address().getAddress().length;
        return preferredSources.stream()
                .filter(source -> source.getAddress().length == family)
                .findFirst();
    }
}
