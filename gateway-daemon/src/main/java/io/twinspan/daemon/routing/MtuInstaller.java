package io.twinspan.daemon.routing;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.sys.RouteMetrics;
import io.twinspan.daemon.sys.Rtnetlink;

/**
 * Changes the MTU of TUN devices that are up, with what their routes say about sizes. Works on the network namespace of the
 * thread that made it, and is confined to that thread.
 */
public final class MtuInstaller implements AutoCloseable {
    private final Rtnetlink netlink = new Rtnetlink();

    /** Opens a netlink socket of its own. */
    public MtuInstaller() {}

    /**
     * Gives the plan's device the plan's MTU. A route is replaced in place, so that at no moment its traffic has none.
     *
     * @throws io.twinspan.daemon.sys.SyscallException where the kernel refuses
     */
    public void apply(RoutePlan plan) {
        int index = netlink.linkIndex(plan.device())
                .orElseThrow(() -> new IllegalStateException("device " + plan.device() + " does not exist"));
        netlink.setMtu(index, plan.mtuBytes());
        for (IpPrefix prefix : plan.protectedPrefixes()) {
            RouteMetrics metrics = plan.metricsFor(prefix);
            if (!metrics.equals(RouteMetrics.NONE)) {
                netlink.replaceRoute(RouteInstaller.intoTun(plan, prefix, index), metrics);
            }
        }
    }

    /**
     * Gives every route of the plan the plan's source address and sizes, each replaced in place.
     *
     * @throws io.twinspan.daemon.sys.SyscallException where the kernel refuses
     */
    public void replaceRoutes(RoutePlan plan) {
        int index = netlink.linkIndex(plan.device())
                .orElseThrow(() -> new IllegalStateException("device " + plan.device() + " does not exist"));
        for (IpPrefix prefix : plan.protectedPrefixes()) {
            netlink.replaceRoute(RouteInstaller.intoTun(plan, prefix, index), plan.metricsFor(prefix));
        }
    }

    @Override
    public void close() {
        netlink.close();
    }
}
