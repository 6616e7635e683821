package io.twinspan.config.model;

import io.twinspan.crypto.net.IpPrefix;
import java.util.List;

/**
 * One AWS Site-to-Site VPN connection: two tunnels that share one TUN device.
 *
 * @param name what operators call it; letters, digits and dashes
 * @param device name of the TUN device, at most 15 octets
 * @param localPrefixes on-prem networks
 * @param remotePrefixes AWS networks: routed into the TUN, protected from ever leaving outside a tunnel
 * @param uplinkMtuBytes MTU of the outside path, from which inner MTU and MSS are computed
 * @param mtu what happens to packets that are too large, and how the path is watched
 * @param failover which tunnel carries the traffic
 * @param tunnels one or two, in order of their numbers
 */
public record ConnectionConfig(
        String name,
        String device,
        List<IpPrefix> localPrefixes,
        List<IpPrefix> remotePrefixes,
        int uplinkMtuBytes,
        MtuConfig mtu,
        FailoverConfig failover,
        List<TunnelConfig> tunnels) {
    public ConnectionConfig {
        localPrefixes = List.copyOf(localPrefixes);
        remotePrefixes = List.copyOf(remotePrefixes);
        tunnels = List.copyOf(tunnels);
    }
}
