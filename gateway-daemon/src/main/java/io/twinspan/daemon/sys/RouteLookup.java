package io.twinspan.daemon.sys;

import java.net.InetAddress;

/**
 * What the kernel would do with one packet.
 *
 * @param type kind of the route: see the constants
 * @param interfaceIndex device it leaves by
 * @param gateway next hop, or the unspecified address for none
 * @param network network address of the route that was found
 * @param prefixLength its length
 * @param metric of that route
 * @param protocol who made it; see /etc/iproute2/rt_protos
 */
public record RouteLookup(
        int type,
        int interfaceIndex,
        InetAddress gateway,
        InetAddress network,
        int prefixLength,
        int metric,
        int protocol) {
    /** Leaves by a device. */
    public static final int UNICAST = 1;

    /** For this host. */
    public static final int LOCAL = 2;
}
