package io.twinspan.daemon.control;

import io.twinspan.daemon.dataplane.TunnelCounters;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.Severity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the last two minutes of every connection in memory, and hands them over when traffic fails over: events, counters
 * every 100 ms, and packet headers. Control loop only.
 */
public final class FlightRecorder {
    /** Between two samples. */
    static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How much of the past is kept. */
    static final long PAST_NANOS = TimeUnit.MINUTES.toNanos(2);

    /** What happens right after a fail-over belongs to its story. */
    static final long AFTERMATH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long KEPT_NANOS = PAST_NANOS + AFTERMATH_NANOS + SwitchLog.FIRST_PACKET_NANOS;

    /** The past goes first where a connection flaps: one record tells of all that happened within its aftermath. */
    private final Map<ConnectionControl, Deque<PathSample>> samples = new HashMap<>();

    private final Map<String, SwitchRecord> pending = new HashMap<>();
    private final ControlLoop loop;
    private final ControlPlane control;
    private final EventJournal journal;
    private final Supplier<Instant> wallClock;
    private final Consumer<FlightRecord> sink;

    private FlightRecorder(
            ControlLoop loop,
            ControlPlane control,
            EventJournal journal,
            Supplier<Instant> wallClock,
            Consumer<FlightRecord> sink) {
        this.loop = loop;
        this.control = control;
        this.journal = journal;
        this.wallClock = wallClock;
        this.sink = sink;
    }

    /** Starts recording all connections, also those that come later; on the control loop. */
    public static void start(
            ControlLoop loop,
            ControlPlane control,
            EventJournal journal,
            Supplier<Instant> wallClock,
            Consumer<FlightRecord> sink) {
        FlightRecorder recorder = new FlightRecorder(loop, control, journal, wallClock, sink);
        recorder.sample();
    }

    /** Tells where a record is kept. */
    public static GatewayEvent saved(FlightRecord record, Path folder) {
        return GatewayEvent.of(
                        Severity.INFO, "flight.saved", record.connection(), 0, "what led to the fail-over is kept")
                .with("folder", folder)
                .with("packets", record.headers().size());
    }

    private void sample() {
        long now = loop.nowNanos();
        for (ConnectionControl connection : control.connections()) {
            Deque<PathSample> past = samples.computeIfAbsent(connection, this::follow);
            connection.tunnels().forEach(tunnel -> past.addLast(take(connection, tunnel, now)));
            while (now - past.getFirst().atNanos() > KEPT_NANOS) {
                past.removeFirst();
            }
        }
        // One that was built anew is another one, of the same name.
        samples.keySet().retainAll(control.connections());
        loop.schedule(SAMPLE_NANOS, this::sample);
    }

    private Deque<PathSample> follow(ConnectionControl connection) {
        connection.log().follow(move -> moved(connection, move));
        return new ArrayDeque<>();
    }

    private static PathSample take(ConnectionControl connection, TunnelControl tunnel, long nowNanos) {
        int number = tunnel.name().number();
        TunnelCounters counters = connection.dataPlane().counters(number);
        return new PathSample(
                nowNanos,
                number,
                connection.failover().carrying().contains(number),
                tunnel.shown(),
                counters.packetsIn(),
                counters.bytesIn(),
                counters.packetsOut(),
                counters.bytesOut(),
                counters.packetsAuthenticated(),
                counters.packetsMissingIn());
    }

    private void moved(ConnectionControl connection, SwitchRecord move) {
        if (move.failure() && pending.putIfAbsent(connection.config().name(), move) == null) {
            loop.schedule(AFTERMATH_NANOS, () -> handOver(connection));
        }
    }

    private void handOver(ConnectionControl connection) {
        String name = connection.config().name();
        SwitchRecord move = pending.remove(name);
        if (move == null) {
            return;
        }
        long now = loop.nowNanos();
        List<JournalEntry> events = journal.since(0).stream()
                .filter(entry -> now - entry.monotonicNanos() <= KEPT_NANOS)
                .filter(entry -> entry.event().connection().equals(name)
                        || entry.event().connection().isEmpty())
                .toList();
        List<PathSample> past = List.copyOf(samples.getOrDefault(connection, new ArrayDeque<>()));
        SnapshotClock clock = new SnapshotClock(now, wallClock.get());
        connection
                .dataPlane()
                .headers(headers -> sink.accept(new FlightRecord(name, move, events, past, headers, clock)));
    }
}
