package io.twinspan.benchmarks.soak;

import io.twinspan.benchmarks.gateway.GatewayProcess;
import io.twinspan.benchmarks.gateway.GatewayView;
import io.twinspan.benchmarks.gateway.PairPlan;
import io.twinspan.benchmarks.gateway.PairTopology;
import io.twinspan.benchmarks.gateway.RunningPair;
import io.twinspan.benchmarks.throughput.BenchException;
import io.twinspan.benchmarks.throughput.TextFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One connection under full load for a time, with everything watched. */
final class SoakRun {
    private static final long WARM_UP_SECONDS = 20;
    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long AROUND_REKEY_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long SPARE_SECONDS = 15;

    private final PairPlan plan;
    private final Duration duration;
    private final Duration rekeyPeriod;
    private final Path folder;
    private final List<Trend.Point> residentA = new ArrayList<>();
    private final List<Trend.Point> residentB = new ArrayList<>();

    SoakRun(PairPlan plan, Duration duration, Duration rekeyPeriod, Path folder) {
        this.plan = plan;
        this.duration = duration;
        this.rekeyPeriod = rekeyPeriod;
        this.folder = folder;
    }

    /** @param jvmFlags heap and collector in place of the launcher's own; empty for those */
    SoakResult measure(Path launcher, String jvmFlags) {
        int seconds = (int) (WARM_UP_SECONDS + duration.toSeconds() + SPARE_SECONDS);
        try (RunningPair pair = RunningPair.start(plan, launcher, folder, name -> environment(name, jvmFlags));
                TcpLoad load = new TcpLoad(pair, plan, folder, seconds)) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS));
            double liveA = pair.a().liveHeapMebibytes();
            double liveB = pair.b().liveHeapMebibytes();
            Snapshot before = Snapshot.of(pair);
            List<ProbeFlow> flows = startProbes(pair.topology());
            Deque<RekeyOrder> done = drive(pair, load);
            List<SoakResult.Probes> probes = endProbes(flows, done);
            Snapshot after = Snapshot.of(pair);
            TcpLoad.Result moved = load.await();
            return new SoakResult(
                    done.size(),
                    after.rekeys() - before.rekeys(),
                    moved,
                    Losses.between(
                            before.a().drops(),
                            after.a().drops(),
                            before.b().drops(),
                            after.b().drops()),
                    after.kernel().since(before.kernel()),
                    probes,
                    List.of(
                            gateway("A", pair.a(), "a", before, after, liveA, residentA),
                            gateway("B", pair.b(), "b", before, after, liveB, residentB)));
        }
    }

    private List<String> environment(String name, String jvmFlags) {
        List<String> environment = new ArrayList<>();
        environment.add("JAVA_TOOL_OPTIONS=" + GcLog.FLAG.formatted(gcLog(name)));
        if (!jvmFlags.isEmpty()) {
            environment.add("TWINSPAN_JVM_FLAGS=" + jvmFlags);
        }
        return environment;
    }

    private Path gcLog(String name) {
        return folder.resolve("gc-" + name + ".log");
    }

    private List<ProbeFlow> startProbes(PairTopology topology) {
        int seconds = (int) (duration.toSeconds() + SPARE_SECONDS);
        return List.of(
                new ProbeFlow(
                        "A to B", topology.gatewayA(), plan.hostA(0), topology.gatewayB(), plan.hostB(0), seconds),
                new ProbeFlow(
                        "B to A", topology.gatewayB(), plan.hostB(0), topology.gatewayA(), plan.hostA(0), seconds));
    }

    /** Rekeys by the schedule and samples memory until the time is over. Answers what was ordered. */
    private Deque<RekeyOrder> drive(RunningPair pair, TcpLoad load) {
        long start = System.nanoTime();
        Deque<RekeyOrder> due = new ArrayDeque<>(RekeyOrder.schedule(start, rekeyPeriod.toNanos(), duration.toNanos()));
        Deque<RekeyOrder> done = new ArrayDeque<>();
        long nextSample = start;
        for (long now = start; now - start < duration.toNanos(); now = System.nanoTime()) {
            if (!load.isRunning()) {
                throw new BenchException(
                        "the load ended before its time: " + TextFiles.read(folder.resolve("iperf3-client.json")));
            }
            if (!due.isEmpty() && now - due.getFirst().orderedAtNanos() >= 0) {
                RekeyOrder order = due.removeFirst();
                order.order(pair.a(), pair.b());
                done.add(order);
            }
            if (now - nextSample >= 0) {
                sample(pair, now - start);
                nextSample += SAMPLE_NANOS;
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        return done;
    }

    private void sample(RunningPair pair, long elapsedNanos) {
        double seconds = elapsedNanos / 1e9;
        residentA.add(new Trend.Point(seconds, pair.a().usage().residentMebibytes()));
        residentB.add(new Trend.Point(seconds, pair.b().usage().residentMebibytes()));
        if (residentA.size() % 12 == 1) {
            System.err.printf(
                    Locale.ROOT,
                    "%4.0f s: resident %.0f and %.0f MiB%n",
                    seconds,
                    residentA.getLast().value(),
                    residentB.getLast().value());
        }
    }

    private static List<SoakResult.Probes> endProbes(List<ProbeFlow> flows, Deque<RekeyOrder> rekeys) {
        List<SoakResult.Probes> probes = new ArrayList<>();
        for (ProbeFlow flow : flows) {
            ProbeRecord record = flow.end();
            int around = rekeys.stream()
                    .mapToInt(rekey ->
                            record.lostBetween(rekey.orderedAtNanos(), rekey.orderedAtNanos() + AROUND_REKEY_NANOS))
                    .sum();
            probes.add(SoakResult.Probes.of(flow.name(), record, around));
        }
        return probes;
    }

    private SoakResult.Gateway gateway(
            String title,
            GatewayProcess process,
            String name,
            Snapshot before,
            Snapshot after,
            double liveBefore,
            List<Trend.Point> resident) {
        GcLog log = GcLog.parse(TextFiles.read(gcLog(name)))
                .between(uptime(process, before.at()), uptime(process, after.at()));
        return new SoakResult.Gateway(title, log, liveBefore, process.liveHeapMebibytes(), resident);
    }

    private static double uptime(GatewayProcess process, Instant at) {
        return Duration.between(process.startedAt(), at).toMillis() / 1e3;
    }

    /** Counters at one time. */
    private record Snapshot(Instant at, GatewayView a, GatewayView b, KernelDrops kernel) {
        static Snapshot of(RunningPair pair) {
            GatewayView a = pair.a().view();
            GatewayView b = pair.b().view();
            KernelDrops kernel = KernelDrops.of(pair.topology().gatewayA())
                    .plus(KernelDrops.of(pair.topology().gatewayB()));
            return new Snapshot(Instant.now(), a, b, kernel);
        }

        long rekeys() {
            return a.count("child_rekeys") + a.count("ike_rekeys");
        }
    }
}
