package io.twinspan.daemon.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.twinspan.daemon.control.ConnectionState;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.MeterReading;
import io.twinspan.daemon.control.TunnelStatus;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.metrics.DropReason.Direction;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a connection's last reading says, with its tunnels. Readings come on the metrics thread; any thread may look. */
final class ConnectionMeters implements AutoCloseable {
    static final String DROPPED = "twinspan.dropped.packets";
    static final String DROPPED_HELP =
            "Packets dropped by direction and reason; those that belong to no tunnel have an empty tunnel label";

    private static final MeterReading.Connection NOTHING =
            new MeterReading.Connection(new MeterReading.Drops(Map.of(), Map.of()), 0);

    private final MeterRegistry registry;
    private final MeterSet meters;
    private final Map<Integer, TunnelMeters> tunnels = new TreeMap<>();
    private volatile ConnectionStatus status;
    private volatile MeterReading.Connection counted;

    ConnectionMeters(MeterRegistry registry, ConnectionStatus first) {
        this.registry = registry;
        this.meters = new MeterSet(registry, tags(first.name()));
        this.status = first;
        this.counted = NOTHING;
        meters.gauge(
                "twinspan.connection.up",
                "1 where the connection carries traffic",
                () -> status.state() == ConnectionState.DOWN ? 0 : 1);
        meters.gauge(
                "twinspan.connection.redundant",
                "1 where the loss of the tunnel in use would be covered",
                () -> status.redundant() ? 1 : 0);
        meters.gauge(
                "twinspan.drill.last.success.timestamp.seconds",
                "When a drill of the connection last passed, seconds since 1970; 0 for never",
                () -> status.drillPassed() == null ? 0 : TunnelMeters.seconds(status.drillPassed()));
        meters.gauge(
                "twinspan.dataplane.queue.packets",
                "Packets that wait to be sealed, a super-packet as one",
                () -> counted.waiting());
        for (Direction direction : Direction.values()) {
            for (DropReason reason : DropReason.of(direction)) {
                meters.counter(
                        DROPPED,
                        DROPPED_HELP,
                        () -> reason.sum(
                                direction == Direction.IN
                                        ? counted.drops().in()
                                        : counted.drops().out()),
                        "tunnel",
                        "",
                        "direction",
                        direction.label(),
                        "reason",
                        reason.label());
            }
        }
    }

    /** The tags of a connection's own series. */
    static Tags tags(String connection) {
        return Tags.of("connection", connection);
    }

    /** The tags of a tunnel's series. */
    static Tags tags(TunnelName tunnel) {
        return Tags.of("connection", tunnel.connection(), "tunnel", Integer.toString(tunnel.number()));
    }

    /** Takes over a reading, and has meters for exactly the tunnels that it names. */
    void update(ConnectionStatus newStatus, MeterReading reading) {
        status = newStatus;
        counted = reading.connections().getOrDefault(newStatus.name(), NOTHING);
        for (TunnelStatus tunnel : newStatus.tunnels()) {
            TunnelName name = new TunnelName(newStatus.name(), tunnel.number());
            TunnelMeters.Reading its = new TunnelMeters.Reading(
                    tunnel,
                    newStatus.carrying().contains(tunnel.number()),
                    Objects.requireNonNull(reading.tunnels().get(name), name::toString));
            TunnelMeters known = tunnels.get(tunnel.number());
            if (known == null) {
                tunnels.put(tunnel.number(), new TunnelMeters(registry, tags(name), its));
            } else {
                known.update(its);
            }
        }
        tunnels.entrySet().removeIf(entry -> {
            boolean gone = newStatus.tunnels().stream().noneMatch(tunnel -> tunnel.number() == entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }

    @Override
    public void close() {
        tunnels.values().forEach(TunnelMeters::close);
        tunnels.clear();
        meters.close();
    }
}
