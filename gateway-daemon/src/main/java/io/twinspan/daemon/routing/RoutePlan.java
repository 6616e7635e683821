package io.twinspan.daemon.routing;

import io.twinspan.crypto.net.IpPrefix;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What one connection needs from the host's network.
 *
 * @param device name of the TUN device
 * @param mtuBytes its MTU: the smallest inner MTU of the tunnels
 * @param insideAddresses addresses of the device
 * @param protectedPrefixes networks behind the peer, routed into the device and never anywhere else
 * @param preferredSources source addresses that the gateway's own traffic takes, by address family; may be empty
 * @param outsidePeers outside addresses of the peer, which must stay reachable outside the device
 */
public record RoutePlan(
        String device,
        int mtuBytes,
        List<InsideAddress> insideAddresses,
        List<IpPrefix> protectedPrefixes,
        List<InetAddress> preferredSources,
        List<InetAddress> outsidePeers) {
    public RoutePlan {
        insideAddresses = List.copyOf(insideAddresses);
        protectedPrefixes = List.copyOf(protectedPrefixes);
        preferredSources = List.copyOf(preferredSources);
        outsidePeers = List.copyOf(outsidePeers);
    }

    /** The source address that routes of this prefix's family prefer. */
    Optional<InetAddress> preferredSourceFor(IpPrefix prefix) {
        int family = prefix.address().getAddress().length;
        return preferredSources.stream()
                .filter(source -> source.getAddress().length == family)
                .findFirst();
    }
}
