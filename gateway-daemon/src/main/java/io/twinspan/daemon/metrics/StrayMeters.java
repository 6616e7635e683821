package io.twinspan.daemon.metrics;

import io.twinspan.daemon.control.MeterReading;
import io.twinspan.daemon.dataplane.PathVerdict;
import io.twinspan.daemon.ike.DatagramDrop;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Packets and datagrams that were dropped before anybody knew whose they were. Metrics thread; any thread may look. */
final class StrayMeters {
    /** Counted with the drops, but none. */
    private static final Set<String> HARMLESS = Set.of("nat_keepalive", "aqm_marked");

    private static final PathVerdict[] BEFORE_ANY_TUNNEL = {
        PathVerdict.UNKNOWN_SPI,
        PathVerdict.ESP_TOO_SHORT,
        PathVerdict.ESP_RESERVED_SPI,
        PathVerdict.SEND_FAILED,
        PathVerdict.AQM_DROP
    };

    private final MeterSet meters;
    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    StrayMeters(MeterSet meters) {
        this.meters = meters;
        for (PathVerdict verdict : BEFORE_ANY_TUNNEL) {
            raise(verdict.name(), 0);
        }
        for (DatagramDrop.Reason reason : DatagramDrop.Reason.values()) {
            raise(reason.label(), 0);
        }
    }

    /** The gateway's drops contain those of its connections, which have meters of their own. */
    void update(MeterReading reading) {
        Map<String, Long> own = new TreeMap<>(reading.status().drops());
        reading.connections().values().forEach(connection -> {
            connection.drops().in().forEach((name, count) -> own.merge(name, -count, Long::sum));
            connection.drops().out().forEach((name, count) -> own.merge(name, -count, Long::sum));
        });
        own.forEach((name, count) -> {
            if (count > 0) {
                raise(name, count);
            }
        });
    }

    private void raise(String name, long count) {
        String label = name.toLowerCase(Locale.ROOT);
        if (HARMLESS.contains(label)) {
            return;
        }
        if (counts.putIfAbsent(label, 0L) == null) {
            meters.counter(
                    "twinspan.stray.packets",
                    "Packets and datagrams dropped that belong to no connection",
                    () -> counts.getOrDefault(label, 0L),
                    "reason",
                    label);
        }
        // The two sides of the difference are read one after the other: what it loses for a moment is no loss.
        counts.merge(label, count, Math::max);
    }
}
