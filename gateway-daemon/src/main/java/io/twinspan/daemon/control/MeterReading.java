package io.twinspan.daemon.control;

import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.SizeCounts;
import io.twinspan.daemon.dataplane.TunnelCounters;
import io.twinspan.daemon.ike.TunnelName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that monitoring reads of the gateway, taken in one task of the control loop. Immutable.
 *
 * @param status the state for displays
 * @param tunnels what displays do not show of each tunnel
 * @param connections the same of each connection, by name
 */
public record MeterReading(GatewayStatus status, Map<TunnelName, Tunnel> tunnels, Map<String, Connection> connections) {
    public MeterReading {
        tunnels = Map.copyOf(tunnels);
        connections = Map.copyOf(connections);
    }

    /**
     * What is counted of a connection.
     *
     * @param drops packets that belong to no tunnel of it
     * @param waiting packets that wait to be sealed now
     */
    public record Connection(Drops drops, int waiting) {}

    /**
     * ESP packets of one tunnel.
     *
     * @param packetsIn that proved authentic
     * @param bytesIn their octets outside, IP and UDP headers included
     * @param missingIn sequence numbers of the peer that were passed over
     * @param packetsOut handed to the socket
     * @param bytesOut their octets outside, IP and UDP headers included
     */
    public record Esp(long packetsIn, long bytesIn, long missingIn, long packetsOut, long bytesOut) {}

    /**
     * Counts of one tunnel that never shrink.
     *
     * @param esp ESP packets
     * @param sizes what packets' sizes made necessary
     * @param tooBigSent ICMP errors that told senders to make their packets smaller
     * @param tooBigReceived the same that told us, or that somebody forged
     * @param lastReceived when one last proved authentic; null for never
     * @param pathMtuBytes longest outer packet that the path carries, as far as is known
     * @param drops of this tunnel
     */
    public record Tunnel(
            Esp esp,
            SizeCounts sizes,
            long tooBigSent,
            long tooBigReceived,
            @Nullable Instant lastReceived,
            int pathMtuBytes,
            Drops drops) {}

    /**
     * Drops by the name of their reason; only those that occurred.
     *
     * @param in of packets from the peer
     * @param out of packets to the peer
     */
    public record Drops(Map<String, Long> in, Map<String, Long> out) {
        public Drops {
            in = Map.copyOf(in);
            out = Map.copyOf(out);
        }
    }

    /** Takes a reading; on the control loop. */
    static MeterReading take(GatewayStatus status, ControlPlane control, MtuControl mtu, SnapshotClock clock) {
        Map<TunnelName, Tunnel> tunnels = new LinkedHashMap<>();
        Map<String, Connection> connections = new LinkedHashMap<>();
        for (ConnectionControl connection : control.connections()) {
            DataPlane dataPlane = connection.dataPlane();
            connections.put(
                    connection.config().name(),
                    new Connection(new Drops(dataPlane.dropsIn(), dataPlane.dropsOut()), dataPlane.waiting()));
            for (TunnelControl tunnel : connection.tunnels()) {
                tunnels.put(tunnel.name(), tunnel(connection, tunnel, mtu, clock));
            }
        }
        return new MeterReading(status, tunnels, connections);
    }

    private static Tunnel tunnel(
            ConnectionControl connection, TunnelControl tunnel, MtuControl mtu, SnapshotClock clock) {
        int number = tunnel.name().number();
        TunnelCounters counters = connection.dataPlane().counters(number);
        long last = counters.lastAuthenticatedNanos();
        Map<String, Long> counts = tunnel.journal().counts();
        return new Tunnel(
                new Esp(
                        counters.packetsAuthenticated(),
                        counters.espBytesIn(),
                        counters.packetsMissingIn(),
                        counters.espPacketsOut(),
                        counters.espBytesOut()),
                counters.sizes(),
                counts.getOrDefault(ControlPlane.TOO_BIG_SENT, 0L),
                counts.getOrDefault(ControlPlane.TOO_BIG_RECEIVED, 0L),
                last == Long.MIN_VALUE ? null : clock.wallTimeOf(last),
                mtu.pathMtuBytes(connection.config(), number),
                new Drops(counters.dropsIn(), counters.dropsOut()));
    }
}
