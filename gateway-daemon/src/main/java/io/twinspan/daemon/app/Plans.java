package io.twinspan.daemon.app;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.DataPlaneConfig;
import io.twinspan.config.model.MtuConfig;
import io.twinspan.daemon.control.InnerSizes;
import io.twinspan.daemon.dataplane.ConnectionPlan;
import io.twinspan.daemon.dataplane.DfPolicy;
import io.twinspan.daemon.dataplane.EgressPlan;
import io.twinspan.daemon.dataplane.TunnelPlan;
import io.twinspan.daemon.io.GatewayIoOptions;
import io.twinspan.daemon.queue.Pacer;
import io.twinspan.daemon.routing.InsideAddress;
import io.twinspan.daemon.routing.RoutePlan;
import java.net.InetAddress;
import java.util.List;

/** Turns a connection's configuration into what the data plane and the routing need of it. */
final class Plans {
    /** What Ethernet hosts send. */
    private static final int MIN_ROUTE_MTU = 1500;

    /** The most that the kernel takes as a route's MTU, ip-route(8). */
    private static final int MAX_ROUTE_MTU = 65_520;

    private Plans() {}

    static GatewayIoOptions io(DataPlaneConfig config) {
        DataPlaneConfig.Pacing pacing = config.pacing();
        EgressPlan egress = EgressPlan.of(
                config.queueTarget().toNanos(),
                config.queueInterval().toNanos(),
                () -> new Pacer(pacing.bitsPerSecond(), pacing.packetsPerSecond(), Pacer.DEFAULT_BURST_NANOS),
                config.sealingWorkers());
        return GatewayIoOptions.onStandardPorts(
                config.offloads(),
                config.socketBufferOctets(),
                config.busyPoll().toNanos(),
                egress);
    }

    static ConnectionPlan connection(ConnectionConfig config) {
        return new ConnectionPlan(
                config.name(),
                config.localPrefixes(),
                config.remotePrefixes(),
                config.uplinkMtuBytes(),
                df(config.mtu().df()),
                config.tunnels().stream()
                        .map(tunnel -> new TunnelPlan(tunnel.number(), tunnel.insideLocal(), tunnel.insideRemote()))
                        .toList());
    }

    private static DfPolicy df(MtuConfig.DfPolicy policy) {
        return switch (policy) {
            case CLEAR -> DfPolicy.CLEAR;
            case HONOR -> DfPolicy.HONOR;
            case BOTH -> DfPolicy.BOTH;
        };
    }

    /**
     * What the host's network needs.
     *
     * @param largestLinkMtu of the host's devices: a packet that came in there must reach the data plane whole where DF may
     *     be cleared, or the kernel would refuse it by itself
     * @param hostAddresses addresses of this host: those in an on-prem network are what its own traffic is sent from, since
     *     the peer knows no way back to any other
     */
    static RoutePlan route(ConnectionConfig config, int largestLinkMtu, List<InetAddress> hostAddresses) {
        RoutePlan plan = new RoutePlan(
                config.device(),
                InnerSizes.deviceMtuBytes(config),
                config.mtu().df() == MtuConfig.DfPolicy.HONOR
                        ? 0
                        : Math.clamp(largestLinkMtu, MIN_ROUTE_MTU, MAX_ROUTE_MTU),
                config.tunnels().stream()
                        .map(tunnel -> new InsideAddress(tunnel.insideLocal(), tunnel.insidePrefixLength()))
                        .toList(),
                config.remotePrefixes(),
                hostAddresses.stream()
                        .filter(address -> config.localPrefixes().stream().anyMatch(prefix -> prefix.contains(address)))
                        .toList(),
                config.tunnels().stream()
                        .map(tunnel -> tunnel.outsideRemote())
                        .filter(address -> !address.isAnyLocalAddress())
                        .toList());
        return plan.withMtu(plan.mtuBytes());
    }
}
