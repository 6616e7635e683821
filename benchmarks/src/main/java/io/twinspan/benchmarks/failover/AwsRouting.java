package io.twinspan.benchmarks.failover;

import io.twinspan.daemon.lab.LabNamespace;
import io.twinspan.daemon.lab.LabTopology;
import io.twinspan.daemon.sys.Route;
import io.twinspan.daemon.sys.Rtnetlink;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * AWS's choice of the tunnel for return traffic, as a route of the VPC host: it stays with an endpoint until that one says that
 * its tunnel is gone, then takes the other where that one's stands. Callable from any thread.
 */
final class AwsRouting {
    private static final int STATIC = 4;
    /** The first endpoint's route lies between the second one's two. */
    private static final int SECOND_PREFERRED = 5;

    private static final int FIRST = 10;
    private static final int SECOND = 20;
    private static final int PREFIX_LENGTH = 24;

    private final LabNamespace vpc;
    private final Route secondPreferred;
    private final boolean[] usable = new boolean[3];
    private int current = 1;

    /** Takes over the routes of a topology whose endpoints are two nodes. */
    AwsRouting(LabTopology topology) {
        vpc = topology.vpc();
        vpc.run("ip", "route", "del", LabTopology.ON_PREM_PREFIX);
        secondPreferred = vpc.call(() -> {
            try (Rtnetlink netlink = new Rtnetlink()) {
                netlink.addRoute(route(netlink, 1, FIRST));
                netlink.addRoute(route(netlink, 2, SECOND));
                return route(netlink, 2, SECOND_PREFERRED);
            }
        });
    }

    private static Route route(Rtnetlink netlink, int tunnel, int metric) throws UnknownHostException {
        return new Route(
                InetAddress.getByName(LabTopology.ON_PREM_PREFIX.substring(0, LabTopology.ON_PREM_PREFIX.indexOf('/'))),
                PREFIX_LENGTH,
                Route.Kind.UNICAST,
                STATIC,
                metric,
                netlink.linkIndex("to-aws-" + tunnel).orElseThrow(),
                InetAddress.getByName("172.30.0." + (tunnel * 4 + 1)),
                InetAddress.getByName(LabTopology.VPC_HOST));
    }

    /** The tunnel that return traffic takes. */
    synchronized int current() {
        return current;
    }

    /** Whether an endpoint says that its tunnel stands. */
    synchronized boolean usable(int tunnel) {
        return usable[tunnel];
    }

    /** An endpoint that was killed starts anew. */
    synchronized void forget(int tunnel) {
        usable[tunnel] = false;
    }

    /** Sends return traffic through a tunnel. */
    synchronized void use(int tunnel) {
        if (tunnel == current) {
            return;
        }
        vpc.call(() -> {
            try (Rtnetlink netlink = new Rtnetlink()) {
                if (tunnel == 2) {
                    netlink.addRoute(secondPreferred);
                } else {
                    netlink.deleteRoute(secondPreferred);
                }
                return true;
            }
        });
        current = tunnel;
    }

    /** An endpoint's tunnel stands, or is gone. */
    synchronized void news(int tunnel, boolean stands) {
        usable[tunnel] = stands;
        int other = 3 - tunnel;
        if (!stands && current == tunnel && usable[other]) {
            use(other);
        } else if (stands && !usable[current]) {
            use(tunnel);
        }
    }
}
