package io.twinspan.daemon.control;

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
 * @param drops by connection: packets that belong to no tunnel of it
 */
public record MeterReading(GatewayStatus status, Map<TunnelName, Tunnel> tunnels, Map<String, Drops> drops) {
    public MeterReading {
        tunnels = Map.copyOf(tunnels);
        drops = Map.copyOf(drops);
    }

    /**
     * Counts of one tunnel that never shrink.
     *
     * @param espPacketsIn ESP packets that proved authentic
     * @param espMissingIn ESP sequence numbers of the peer that were passed over
     * @param lastReceived when one last proved authentic; null for never
     * @param pathMtuBytes longest outer packet that the path carries, as far as is known
     * @param drops of this tunnel
     */
    public record Tunnel(
            long espPacketsIn, long espMissingIn, @Nullable Instant lastReceived, int pathMtuBytes, Drops drops) {}

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
        Map<String, Drops> drops = new LinkedHashMap<>();
        for (ConnectionControl connection : control.connections()) {
            drops.put(
                    connection.config().name(),
                    new Drops(
                            connection.dataPlane().dropsIn(),
                            connection.dataPlane().dropsOut()));
            for (TunnelControl tunnel : connection.tunnels()) {
                tunnels.put(tunnel.name(), tunnel(connection, tunnel, mtu, clock));
            }
        }
        return new MeterReading(status, tunnels, drops);
    }

    private static Tunnel tunnel(
            ConnectionControl connection, TunnelControl tunnel, MtuControl mtu, SnapshotClock clock) {
        int number = tunnel.name().number();
        TunnelCounters counters = connection.dataPlane().counters(number);
        long last = counters.lastAuthenticatedNanos();
        return new Tunnel(
                counters.packetsAuthenticated(),
                counters.packetsMissingIn(),
                last == Long.MIN_VALUE ? null : clock.wallTimeOf(last),
                mtu.pathMtuBytes(connection.config(), number),
                new Drops(counters.dropsIn(), counters.dropsOut()));
    }
}
