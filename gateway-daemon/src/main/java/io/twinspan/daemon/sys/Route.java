package io.twinspan.daemon.sys;

import java.net.InetAddress;

/**
 * A route of the main table, rtnetlink(7).
 *
 * @param destination network address
 * @param prefixLength its length
 * @param kind what happens to packets
 * @param protocol who made the route; see /etc/iproute2/rt_protos
 * @param metric smaller is better
 * @param interfaceIndex outgoing device, 0 for none
 * @param gateway next hop, or the unspecified address for none
 * @param preferredSource source address for local traffic, or the unspecified address for none
 */
public record Route(
        InetAddress destination,
        int prefixLength,
        Kind kind,
        int protocol,
        int metric,
        int interfaceIndex,
        InetAddress gateway,
        InetAddress preferredSource) {
    /** What a route does. */
    public enum Kind {
        UNICAST(1),
        BLACKHOLE(6),
        /** Local, broadcast and whatever else this gateway never makes. */
        OTHER(0);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        static Kind of(int number) {
            return number == UNICAST.number ? UNICAST : number == BLACKHOLE.number ? BLACKHOLE : OTHER;
        }
    }

    /** True for a route to the same network, whatever else differs. */
    public boolean sameNetwork(InetAddress network, int length) {
        return prefixLength == length && destination.equals(network);
    }

    @Override
    public String toString() {
        return destination.getHostAddress() + "/" + prefixLength + " metric " + metric + " proto " + protocol;
    }
}
