package io.twinspan.daemon.app;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.DataPlaneConfig;
import io.twinspan.daemon.dataplane.ConnectionPlan;
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
                config.tunnels().stream()
                        .map(tunnel -> new TunnelPlan(tunnel.number(), tunnel.insideLocal(), tunnel.insideRemote()))
                        .toList());
    }

    /**
     * What the host's network needs.
     *
     * @param hostAddresses addresses of this host: those in an on-prem network are what its own traffic is sent from, since
     *     the peer knows no way back to any other
     */
    static RoutePlan route(ConnectionConfig config, int mtuBytes, List<InetAddress> hostAddresses) {
        return new RoutePlan(
                config.device(),
                mtuBytes,
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
    }
}
