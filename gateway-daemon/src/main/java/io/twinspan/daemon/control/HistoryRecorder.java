package io.twinspan.daemon.control;

import io.twinspan.daemon.dataplane.TunnelCounters;
import io.twinspan.daemon.history.HistoryColumns;
import io.twinspan.daemon.history.HistoryRange;
import io.twinspan.daemon.history.TunnelHistory;
import io.twinspan.daemon.history.TunnelReading;
import io.twinspan.daemon.history.TunnelSample;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.loop.ControlLoop;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Reads every tunnel's counters once a second and keeps what they were. Control loop only. */
final class HistoryRecorder {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ControlLoop loop;
    private final ControlPlane control;
    private final Supplier<Instant> wallClock;
    private final Map<TunnelName, TunnelHistory> tunnels = new HashMap<>();

    HistoryRecorder(ControlLoop loop, ControlPlane control, Supplier<Instant> wallClock) {
        this.loop = loop;
        this.control = control;
        this.wallClock = wallClock;
    }

    /** Reads now, and then at the beginning of each second of the monotonic clock. */
    void start() {
        long now = loop.nowNanos();
        Set<TunnelName> present = new HashSet<>();
        for (ConnectionControl connection : control.connections()) {
            for (TunnelControl tunnel : connection.tunnels()) {
                present.add(tunnel.name());
                tunnels.computeIfAbsent(tunnel.name(), _ -> new TunnelHistory()).take(read(connection, tunnel, now));
            }
        }
        // What a change of the configuration took away takes its past along.
        tunnels.keySet().retainAll(present);
        loop.schedule(SECOND_NANOS - Math.floorMod(now, SECOND_NANOS), this::start);
    }

    /** The past of a connection; empty where there is no such connection. */
    Optional<ConnectionHistory> history(String connection, HistoryRange range) {
        return control.connection(connection).map(it -> history(it, range));
    }

    /** The newest sample of each connection that has one. */
    List<LiveSample> latest() {
        return control.connections().stream()
                .map(this::latest)
                .flatMap(Optional::stream)
                .toList();
    }

    private ConnectionHistory history(ConnectionControl connection, HistoryRange range) {
        SortedMap<Integer, TunnelHistory> past = pastOf(connection);
        long last = past.values().stream()
                .mapToLong(tunnel -> tunnel.lastStep(range))
                .max()
                .orElse(Long.MIN_VALUE);
        long first = past.values().stream()
                .mapToLong(tunnel -> tunnel.firstStep(range))
                .min()
                .orElse(Long.MAX_VALUE);
        int count = last == Long.MIN_VALUE ? 0 : (int) Math.min(range.samples(), last - first + 1);
        long from = count == 0 ? 0 : last - count + 1;
        SortedMap<Integer, HistoryColumns> columns = new TreeMap<>();
        past.forEach((number, tunnel) -> columns.put(number, tunnel.columns(range, from, count)));
        Instant start = count == 0 ? wallClock.get() : wall(from * range.stepSeconds());
        return new ConnectionHistory(connection.config().name(), range, start, count, columns);
    }

    private Optional<LiveSample> latest(ConnectionControl connection) {
        SortedMap<Integer, TunnelSample> samples = new TreeMap<>();
        long newest = Long.MIN_VALUE;
        for (Map.Entry<Integer, TunnelHistory> tunnel : pastOf(connection).entrySet()) {
            TunnelSample sample = tunnel.getValue().latest();
            if (sample != null) {
                samples.put(tunnel.getKey(), sample);
                newest = Math.max(newest, sample.tick());
            }
        }
        return samples.isEmpty()
                ? Optional.empty()
                : Optional.of(new LiveSample(connection.config().name(), wall(newest), samples));
    }

    private SortedMap<Integer, TunnelHistory> pastOf(ConnectionControl connection) {
        SortedMap<Integer, TunnelHistory> past = new TreeMap<>();
        for (TunnelControl tunnel : connection.tunnels()) {
            TunnelHistory history = tunnels.get(tunnel.name());
            if (history != null) {
                past.put(tunnel.name().number(), history);
            }
        }
        return past;
    }

    private static TunnelReading read(ConnectionControl connection, TunnelControl tunnel, long nowNanos) {
        int number = tunnel.name().number();
        TunnelCounters counters = connection.dataPlane().counters(number);
        PathStatus path = connection.watch(number).status();
        return new TunnelReading(
                nowNanos,
                counters.bytesIn(),
                counters.packetsIn(),
                counters.bytesOut(),
                counters.packetsOut(),
                path.sentEver(),
                path.lostEver(),
                path.medianNanos(),
                path.p95Nanos(),
                ConnectionHistory.states().indexOf(tunnel.shown()));
    }

    private Instant wall(long second) {
        return wallClock.get().minusNanos(loop.nowNanos() - second * SECOND_NANOS);
    }
}
