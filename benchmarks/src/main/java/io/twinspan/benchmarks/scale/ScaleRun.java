package io.twinspan.benchmarks.scale;

import io.twinspan.benchmarks.gateway.GatewayProcess;
import io.twinspan.benchmarks.gateway.PairPlan;
import io.twinspan.benchmarks.gateway.RunningPair;
import io.twinspan.benchmarks.scale.ScaleResult.Idle;
import io.twinspan.benchmarks.scale.ScaleResult.Load;
import io.twinspan.benchmarks.throughput.ProcessUsage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures one number of connections. */
final class ScaleRun {
    private static final double MILLIS_PER_SECOND = 1000;
    private static final int SETTLE_SECONDS = 3;
    private static final int WARM_UP_SECONDS = 4;

    private final PairPlan plan;
    private final ScaleExtent extent;
    private final Path folder;

    ScaleRun(PairPlan plan, ScaleExtent extent, Path folder) {
        this.plan = plan;
        this.extent = extent;
        this.folder = folder;
    }

    ScaleResult measure(Path launcher) throws IOException {
        try (RunningPair pair = RunningPair.start(plan, launcher, folder, name -> List.of());
                UdpLoad load = new UdpLoad(pair.topology(), plan, extent.payloadOctets())) {
            return measure(pair.a(), pair.b(), load);
        }
    }

    private ScaleResult measure(GatewayProcess a, GatewayProcess b, UdpLoad load) {
        double startSeconds =
                Duration.between(a.startedAt(), a.view().lastBecameUsable().orElseThrow())
                                .toMillis()
                        / MILLIS_PER_SECOND;
        sleep(SETTLE_SECONDS);
        Idle idle = idle(a, b);
        load.run(plan.connections(), extent.packetsPerSecond(), WARM_UP_SECONDS);
        Load one = load(a, b, load, 1);
        Load all = load(a, b, load, plan.connections());
        return new ScaleResult(
                plan.connections(),
                startSeconds,
                idle,
                one,
                all,
                a.usage().residentMebibytes(),
                b.usage().residentMebibytes(),
                a.liveHeapMebibytes(),
                b.liveHeapMebibytes());
    }

    private Idle idle(GatewayProcess a, GatewayProcess b) {
        ProcessUsage beforeA = a.usage();
        ProcessUsage beforeB = b.usage();
        sleep(extent.idleSeconds());
        ProcessUsage usedA = a.usage().since(beforeA);
        ProcessUsage usedB = b.usage().since(beforeB);
        return new Idle(
                100 * usedA.cpuSeconds() / extent.idleSeconds(),
                100 * usedB.cpuSeconds() / extent.idleSeconds(),
                usedA.residentMebibytes(),
                usedB.residentMebibytes());
    }

    private Load load(GatewayProcess a, GatewayProcess b, UdpLoad load, int connections) {
        long before = b.view().packetsIn();
        ProcessUsage beforeA = a.usage();
        ProcessUsage beforeB = b.usage();
        long sent = load.run(connections, extent.packetsPerSecond(), extent.loadSeconds());
        double cpuA = a.usage().since(beforeA).cpuSeconds();
        double cpuB = b.usage().since(beforeB).cpuSeconds();
        return new Load(b.view().packetsIn() - before, sent, cpuA, cpuB);
    }

    private static void sleep(int seconds) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
    }
}
