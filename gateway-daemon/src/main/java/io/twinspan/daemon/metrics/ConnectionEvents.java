package io.twinspan.daemon.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.twinspan.daemon.control.SwitchRecord;
import io.twinspan.daemon.control.SwitchTimes;
import io.twinspan.daemon.drill.DrillCatalogue;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.drill.DrillVerdict;
import io.twinspan.daemon.drill.FlowResult;
import io.twinspan.daemon.failover.SwitchPlan.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Counts what is told of one connection; all series are there from the start. Told on the control loop, read anywhere. */
final class ConnectionEvents implements AutoCloseable {
    private static final Duration[] BUCKETS = Stream.of(50, 100, 200, 300, 500, 1_000, 2_000, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int NONE = 0;

    private final MeterSet meters;
    private final Map<String, Counter> moves = new HashMap<>();
    private final Map<String, Timer> durations = new HashMap<>();
    private final Map<String, Counter> drills = new HashMap<>();
    private final Map<String, Double> outages = new ConcurrentHashMap<>();

    ConnectionEvents(MeterRegistry registry, String connection) {
        meters = new MeterSet(registry, ConnectionMeters.tags(connection));
        for (Cause cause : Cause.values()) {
            waysOf(cause).forEach(way -> move(way.from(), way.to(), cause.label()));
            if (cause.isFailure()) {
                durations.put(
                        cause.label(),
                        meters.timer(
                                "twinspan.failover.duration",
                                "From the last sign of life of the tunnel that was left to the first packet on another",
                                BUCKETS,
                                "reason",
                                cause.label()));
            }
        }
        DrillCatalogue.ALL.stream().map(DrillScenario::name).forEach(this::scenario);
    }

    private void scenario(String scenario) {
        for (DrillVerdict verdict : DrillVerdict.values()) {
            drills.put(
                    key(scenario, verdict.label()),
                    meters.count(
                            "twinspan.drills",
                            "Drills that are over",
                            "scenario",
                            scenario,
                            "result",
                            verdict.label()));
        }
        meters.gauge(
                "twinspan.drill.last.outage.seconds",
                "Longest outage in the last drill of this kind since the daemon started; NaN where there was none",
                () -> outages.getOrDefault(scenario, Double.NaN),
                "scenario",
                scenario);
    }

    /** Counts a move of traffic, and how long it took where something broke. */
    void switched(SwitchRecord record) {
        move(record.from(), record.to(), record.cause()).increment();
        Timer duration = durations.get(record.cause());
        SwitchTimes times = record.times();
        Instant lastGood = times.lastGood();
        if (duration != null && lastGood != null && record.to() != NONE) {
            Instant end = times.firstForwarded() == null ? times.switched() : times.firstForwarded();
            Duration took = Duration.between(lastGood, end);
            duration.record(took.isNegative() ? Duration.ZERO : took);
        }
    }

    /** Counts a drill that is over. */
    void drilled(DrillReport report) {
        String scenario = report.order().scenario().name();
        Counter counter = drills.get(key(scenario, report.verdict().label()));
        if (counter != null) {
            counter.increment();
        }
        FlowResult target = report.targetFlow();
        long outage = Math.max(report.flow().outageNanos(), target == null ? 0 : target.outageNanos());
        outages.put(scenario, outage / NANOS_PER_SECOND);
    }

    private Counter move(int from, int to, String reason) {
        return moves.computeIfAbsent(
                key(label(from), label(to), reason),
                _ -> meters.count(
                        "twinspan.failovers",
                        "Moves of the connection's traffic by their reason; 'lost' and 'silent' are failures",
                        "from",
                        label(from),
                        "to",
                        label(to),
                        "reason",
                        reason));
    }

    /** Between which tunnels traffic moves for such a reason. */
    private static List<Way> waysOf(Cause cause) {
        List<Way> across = List.of(new Way(1, 2), new Way(2, 1));
        return switch (cause) {
            case FIRST_USABLE -> List.of(new Way(NONE, 1), new Way(NONE, 2));
            case LOST, SILENT ->
                Stream.concat(across.stream(), Stream.of(new Way(1, NONE), new Way(2, NONE)))
                        .toList();
            case PREFERRED, JOINED, FOLLOWED, OPERATOR -> across;
        };
    }

    private record Way(int from, int to) {}

    private static String label(int tunnel) {
        return tunnel == NONE ? "none" : Integer.toString(tunnel);
    }

    private static String key(String... values) {
        return String.join("/", values);
    }

    @Override
    public void close() {
        meters.close();
    }
}
