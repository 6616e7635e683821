package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.EspSaParameters;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection's data plane as the control loop sees it. Every method may be called from the control loop only, returns
 * at once, and takes effect on the data loops in the order of the calls.
 */
public interface DataPlane {
    /** Number of a tunnel that means "refuse everything with ICMP". */
    int NO_TUNNEL = 0;

    /**
     * Accepts ESP of a new child SA.
     *
     * @param tunnel 1 or 2
     * @param installed run on the control loop once packets on this SPI will be opened
     */
    void installInbound(int tunnel, EspSaParameters parameters, EspPath path, Runnable installed);

    /** Makes the outbound half of a child SA known, named by its inbound SPI; nothing is sent on it yet. */
    void installOutbound(int tunnel, int inboundSpi, EspSaParameters parameters, EspPath path);

    /** Sends this tunnel's traffic on that child SA from now on. */
    void switchOutbound(int tunnel, int inboundSpi);

    /** Takes a new outside path for a child SA. */
    void updatePath(int tunnel, int inboundSpi, EspPath path);

    /**
     * Sends nothing on that child SA any more; its receiving half stays.
     *
     * @param released run on the control loop once the last packet on it has been handed to its socket
     */
    void releaseOutbound(int tunnel, int inboundSpi, Runnable released);

    /** Forgets both halves of a child SA and destroys its keys. */
    void removeChild(int tunnel, int inboundSpi);

    /**
     * Moves the protected prefixes' traffic; traffic for a tunnel's own inside address always stays on it.
     *
     * @param done run on the control loop when the outbound loop has switched, with the instant of the switch
     */
    void setForwarding(Forwarding forwarding, SwitchObserver done);

    /**
     * Takes another limit for the outer packets of a tunnel; inner MTU and MSS follow, in both directions.
     *
     * @param octets MTU of the outside path
     */
    void setUplinkMtu(int tunnel, int octets);

    /** Sends a probe ahead of all data; the listener hears when it was sent and when it was answered. */
    void probe(Probe probe);

    /**
     * Runs a task on the control loop once the inbound loop has handled all that had arrived at the sockets before this
     * call: what was not heard by then was not said.
     */
    void fence(Runnable done);

    /**
     * Makes the outside path of a tunnel worse than it is, for a drill; {@link Impairment#NONE} ends it at once, and what was
     * delayed arrives then. Nothing of it outlives the process.
     *
     * @param tunnel 1 or 2
     */
    void impair(int tunnel, Impairment impairment);

    /**
     * Clamps the MSS of every TCP connection to what fits this inner MTU, whichever tunnel carries it: a flow that is moved to
     * the other tunnel keeps the segment size of its first packets.
     */
    default void setFlowMtu(int innerMtuBytes) {}

    /**
     * Takes other networks and another DF policy from the next packet on. SAs, queues and traffic in between are not touched.
     *
     * @param plan of the same connection, with the same tunnels
     */
    default void reconfigure(ConnectionPlan plan) {}

    /**
     * Limits what each tunnel sends from now on.
     *
     * @param bitsPerSecond IP octets on the wire times eight; 0 for no limit
     * @param packetsPerSecond outer packets; 0 for no limit
     */
    default void pace(long bitsPerSecond, int packetsPerSecond) {}

    /**
     * Collects the headers of packets that passed lately.
     *
     * @param done run on the control loop with both directions, oldest first
     */
    void headers(Consumer<List<PacketHeader>> done);

    /**
     * Asks what would become of a packet that came from the TUN device now; nothing is sent or counted.
     *
     * @param packet a whole IP packet; not to be changed any more
     * @param done run on the control loop
     */
    default void foretell(byte[] packet, Consumer<PathForecast> done) {
        throw new UnsupportedOperationException("this data plane foretells nothing");
    }

    /**
     * Has inner packets of a tunnel copied, those of probes too, until it is called with null; where another is given, it
     * takes the place of the one before.
     *
     * @param out what goes to the peer; null for nothing
     * @param in what comes from the peer; null for nothing
     */
    default void tap(int tunnel, @Nullable PacketTap out, @Nullable PacketTap in) {
        throw new UnsupportedOperationException("this data plane has no taps");
    }

    /**
     * How far the child SAs of a tunnel have used up their sequence numbers.
     *
     * @return by inbound SPI, a fresh map
     */
    default Map<Integer, SequenceUse> sequences(int tunnel) {
        return Map.of();
    }

    /** Packets that wait to be sealed, a super-packet as one; readable from any thread. */
    default int waiting() {
        return 0;
    }

    /** Counters of a tunnel, readable from any thread. */
    TunnelCounters counters(int tunnel);

    /** {@link #drops} of packets from the peer. */
    default Map<String, Long> dropsIn() {
        return Map.of();
    }

    /** {@link #drops} of packets to the peer. */
    default Map<String, Long> dropsOut() {
        return Map.of();
    }

    /** Drops that belong to no tunnel, by name; only names that occurred. A fresh map, readable from any thread. */
    default Map<String, Long> drops() {
        return Map.of();
    }

    /** Hears that a switch took effect, on the control loop. */
    @FunctionalInterface
    interface SwitchObserver {
        /** Called with the outbound loop's clock at the switch. */
        void switched(long atNanos);
    }
}
