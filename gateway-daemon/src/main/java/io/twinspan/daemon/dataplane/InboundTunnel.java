package io.twinspan.daemon.dataplane;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel as the inbound path sees it: which inner addresses may come out of it, and where they go. Owned by the inbound
 * loop.
 */
final class InboundTunnel {
    private final String connection;
    private final int number;
    private final IpAddressKey insideLocal;
    private final IpAddressKey insideRemote;
    private PrefixSet localPrefixes;
    private PrefixSet remotePrefixes;
    private final HostDelivery host;
    private int flowMtuBytes = Integer.MAX_VALUE;
    private final DataCounters counters;
    private final Consumer<SaEvent> events;
    private final ProbeFormat probes;
    private @Nullable InboundLine line;
    private @Nullable PacketTap tap;

    InboundTunnel(
            TunnelPlan tunnel,
            ConnectionPlan plan,
            HostDelivery host,
            DataCounters counters,
            Consumer<SaEvent> events,
            ProbeFormat probes) {
        this.connection = plan.connection();
        this.number = tunnel.number();
        this.insideLocal = IpAddressKey.of(tunnel.insideLocal());
        this.insideRemote = IpAddressKey.of(tunnel.insideRemote());
        this.localPrefixes = new PrefixSet(plan.localPrefixes());
        this.remotePrefixes = new PrefixSet(plan.remotePrefixes());
        this.host = host;
        this.counters = counters;
        this.events = events;
        this.probes = probes;
    }

    String connection() {
        return connection;
    }

    int number() {
        return number;
    }

    /** Tells answers to probes from other packets. */
    ProbeFormat probes() {
        return probes;
    }

    /** The inner MTU that TCP is kept to, whichever tunnel carries it. */
    int flowMtuBytes() {
        return flowMtuBytes;
    }

    void flowMtu(int octets) {
        flowMtuBytes = octets;
    }

    /** Takes other networks from the next packet on; on the inbound loop. */
    void reconfigure(PrefixSet newLocalPrefixes, PrefixSet newRemotePrefixes) {
        localPrefixes = newLocalPrefixes;
        remotePrefixes = newRemotePrefixes;
    }

    HostDelivery host() {
        return host;
    }

    DataCounters counters() {
        return counters;
    }

    /** Where copies of its packets go; null nearly always. */
    @Nullable
    PacketTap tap() {
        return tap;
    }

    void tap(@Nullable PacketTap newTap) {
        tap = newTap;
    }

    /** A drill's path; null where there is none. On the inbound loop. */
    @Nullable
    InboundLine line() {
        return line;
    }

    /** Takes a drill's path, or null for none; on the inbound loop. */
    void take(@Nullable InboundLine newLine) {
        line = newLine;
    }

    void tell(SaEvent event) {
        events.accept(event);
    }

    /** RFC 4301 section 5.2: only what lies behind this tunnel's peer may come out of the tunnel. */
    boolean allowsSource(PacketAddresses packet) {
        return packet.sourceIs(insideRemote) || packet.sourceIn(remotePrefixes);
    }

    /** Only local networks and this tunnel's own inside address; never the other tunnel's, never back out. */
    boolean allowsDestination(PacketAddresses packet) {
        return packet.destinationIs(insideLocal) || packet.destinationIn(localPrefixes);
    }
}
