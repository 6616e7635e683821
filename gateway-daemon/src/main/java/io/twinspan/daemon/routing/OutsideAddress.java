package io.twinspan.daemon.routing;

import io.twinspan.daemon.sys.Route;
import io.twinspan.daemon.sys.Rtnetlink;
import java.net.InetAddress;

/** Finds the local address from which the host reaches a peer. */
public final class OutsideAddress {
    private OutsideAddress() {}

    /**
     * The source address of the host's route to a peer.
     *
     * @throws io.twinspan.daemon.sys.SyscallException where the host has no route
     * @throws RouteConflictException where the route names no source address
     */
    public static InetAddress towards(InetAddress peer) {
        try (Rtnetlink netlink = new Rtnetlink()) {
            Route route = netlink.routeTo(peer);
            if (route.preferredSource().isAnyLocalAddress()) {
                throw new RouteConflictException(
                        "the route to " + peer.getHostAddress() + " has no source address; set one with 'bind'");
            }
            return route.preferredSource();
        }
    }
}
