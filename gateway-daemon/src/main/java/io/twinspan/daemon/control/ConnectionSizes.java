package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.ike.session.IkePeerSummary.ChildSaSummary;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import java.net.Inet6Address;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * The inner MTU of one connection, live: recomputed whenever a child SA or the outside path may have changed. Control loop
 * only.
 *
 * <p>Two figures. The device's MTU is the smallest of the tunnels that have a child SA: what does not fit every one of them
 * may not fit the next packet's tunnel. The flow MTU, to which TCP is kept, counts every tunnel that may come up as well: a
 * connection keeps its segment size for life, and fail-over may move it to a tunnel that was down when it began.
 */
final class ConnectionSizes {
    /** RFC 8201 section 4: a host does not send less, whatever packet-too-big says. */
    private static final int MIN_IPV6_MTU_BYTES = 1280;

    private static final String IPV6_LOSS =
            "; IPv6 needs 1280: packets between the two sizes are lost, since their senders do not go below that";

    private ConnectionConfig config;
    private final Function<TunnelName, IkePeerSummary> peers;
    private final DataPlane dataPlane;
    private IntConsumer device;
    private final Consumer<GatewayEvent> journal;
    private final Map<Integer, Integer> uplinks = new TreeMap<>();
    private final Map<Integer, Integer> lastKnown = new TreeMap<>();
    private int deviceMtu;
    private int flowMtu;

    /** @param device told the MTU that the TUN device is to have */
    ConnectionSizes(
            ConnectionConfig config,
            Function<TunnelName, IkePeerSummary> peers,
            DataPlane dataPlane,
            IntConsumer device,
            Consumer<GatewayEvent> journal) {
        this.config = config;
        this.peers = peers;
        this.dataPlane = dataPlane;
        this.device = device;
        this.journal = journal;
        this.deviceMtu = InnerSizes.deviceMtuBytes(config);
        config.tunnels().forEach(tunnel -> uplinks.put(tunnel.number(), config.uplinkMtuBytes()));
        clampTo(flowMtuNow());
    }

    /**
     * Takes other settings.
     *
     * @param newDevice told the MTU that the TUN device is to have
     */
    void revise(ConnectionConfig newConfig, IntConsumer newDevice) {
        boolean otherUplink = newConfig.uplinkMtuBytes() != config.uplinkMtuBytes();
        config = newConfig;
        device = newDevice;
        if (otherUplink) {
            lastKnown.clear();
            newConfig.tunnels().forEach(tunnel -> uplinks.put(tunnel.number(), newConfig.uplinkMtuBytes()));
        }
        update();
    }

    /** The outer MTU of a tunnel: as configured, or what its path proved to carry. */
    int uplinkMtu(int tunnel) {
        return uplinks.getOrDefault(tunnel, config.uplinkMtuBytes());
    }

    /** Takes over what a tunnel's path carries from now on. */
    void uplinkMtu(int tunnel, int octets) {
        uplinks.put(tunnel, octets);
        update();
    }

    /** MTU that the TUN device has. */
    int deviceMtu() {
        return deviceMtu;
    }

    /** Inner MTU to which TCP is kept. */
    int flowMtu() {
        return flowMtu;
    }

    /** Looks at the SAs anew, and has device and data plane follow where the figures differ. */
    void update() {
        int smallest = Integer.MAX_VALUE;
        String reason = "";
        for (TunnelConfig tunnel : config.tunnels()) {
            IkePeerSummary peer = peers.apply(new TunnelName(config.name(), tunnel.number()));
            if (!peer.childSas().isEmpty()) {
                ChildSaSummary child = peer.childSas().getFirst();
                int mtu = sizeOf(tunnel, child);
                lastKnown.put(tunnel.number(), mtu);
                if (mtu < smallest) {
                    smallest = mtu;
                    reason = reason(tunnel, child);
                }
            }
        }
        clampTo(flowMtuNow());
        // Without any SA the last figure stands: there is nothing that it could be too large for.
        if (smallest != Integer.MAX_VALUE && smallest != deviceMtu) {
            int before = deviceMtu;
            deviceMtu = smallest;
            device.accept(smallest);
            tell(before, reason);
        }
    }

    private int sizeOf(TunnelConfig tunnel, ChildSaSummary child) {
        return InnerSizes.overhead(tunnel, child.suite(), child.path().udpEncapsulated())
                .innerMtuBytes(uplinkMtu(tunnel.number()));
    }

    private String reason(TunnelConfig tunnel, ChildSaSummary child) {
        return "tunnel " + tunnel.number() + ": " + child.suite().label()
                + (child.path().udpEncapsulated() ? " in UDP" : " as protocol 50") + " over an outside path of "
                + uplinkMtu(tunnel.number());
    }

    private int flowMtuNow() {
        return config.tunnels().stream()
                .filter(TunnelConfig::enabled)
                .mapToInt(this::lastKnownOrWorst)
                .min()
                .orElse(deviceMtu);
    }

    private int lastKnownOrWorst(TunnelConfig tunnel) {
        Integer known = lastKnown.get(tunnel.number());
        return known != null ? known : InnerSizes.worstMtuBytes(tunnel, uplinkMtu(tunnel.number()));
    }

    private void clampTo(int octets) {
        if (octets != flowMtu) {
            flowMtu = octets;
            dataPlane.setFlowMtu(octets);
        }
    }

    private boolean carriesIpv6() {
        return config.remotePrefixes().stream().anyMatch(prefix -> prefix.address() instanceof Inet6Address);
    }

    private void tell(int before, String reason) {
        boolean lowered = deviceMtu < before;
        boolean losesIpv6 = deviceMtu < MIN_IPV6_MTU_BYTES && carriesIpv6();
        journal.accept(GatewayEvent.of(
                        losesIpv6 ? Severity.WARN : Severity.INFO,
                        "connection.mtu",
                        config.name(),
                        0,
                        "largest inner packet " + (lowered ? "lowered" : "raised") + " from " + before + " to "
                                + deviceMtu + ": " + reason + (losesIpv6 ? IPV6_LOSS : ""))
                .with("from", before)
                .with("to", deviceMtu)
                .with("mss", EspOverhead.mssIpv4Bytes(Math.min(deviceMtu, flowMtu)))
                .with("reason", reason));
    }
}
