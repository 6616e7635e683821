package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.throughput.BenchException;
import io.twinspan.benchmarks.throughput.Waiting;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** One failure of the tunnel that carries the traffic, and the repair. */
final class FailoverRun {
    private static final long MOVE_SECONDS = 240;
    /** AWS's own detection takes 30 to 40 s. */
    private static final long AWS_SECONDS = 120;

    private static final long HEARD_SECONDS = 2;
    private static final long LONGEST_PHASE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final long ARRIVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int BEFORE_PACKETS = 500;

    private final FailoverRig rig;
    private final RandomGenerator random;

    FailoverRun(FailoverRig rig, RandomGenerator random) {
        this.rig = rig;
        this.random = random;
    }

    /**
     * Measures.
     *
     * @param awaitInbound true waits until AWS has moved return traffic by its own detection
     * @throws BenchException where traffic does not come back
     */
    RunResult measure(Scenario scenario, int number, boolean awaitInbound) {
        int tunnel = rig.awaitHealthy();
        int other = 3 - tunnel;
        // No timer of either side may be in step with the failure.
        LockSupport.parkNanos(random.nextLong(LONGEST_PHASE_NANOS));
        int firstOut = rig.outbound().sent() - BEFORE_PACKETS;
        int firstIn = rig.inbound().sent() - BEFORE_PACKETS;
        Instant start = Instant.now();
        strike(scenario, tunnel);
        Waiting.until(
                MOVE_SECONDS,
                "traffic is on tunnel " + other,
                () -> rig.active() == other && FailoverRig.passes(rig.outbound()));
        awaitInbound(scenario, awaitInbound);
        int endOut = rig.outbound().sent();
        int endIn = rig.inbound().sent();
        awaitArrival(rig.outbound(), endOut);
        awaitArrival(rig.inbound(), endIn);
        RunResult result = new RunResult(
                scenario,
                number,
                tunnel,
                rig.outbound().window(firstOut, endOut),
                rig.inbound().window(firstIn, endIn),
                awaitInbound,
                rig.gateway().storySince(start));
        repair(scenario, tunnel);
        return result;
    }

    /** What is under way on a busy machine is late, not lost. */
    private static void awaitArrival(FlowRecord flow, int end) {
        long deadline = System.nanoTime() + ARRIVAL_NANOS;
        while (!flow.hasArrived(end) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void strike(Scenario scenario, int tunnel) {
        int other = 3 - tunnel;
        switch (scenario) {
            case BLACKHOLE, ONE_WAY_OUT, ONE_WAY_IN -> scenario.cut(rig.link(), tunnel, rig.healthy());
            case DELETE -> {
                rig.routing().use(other);
                rig.endpoints().delete(tunnel);
            }
            case PLANNED -> rig.gateway().switchTo(other);
            case KILL -> rig.endpoints().kill(tunnel);
        }
    }

    private void awaitInbound(Scenario scenario, boolean await) {
        if (!scenario.inboundWaitsForAws()) {
            return;
        }
        if (await) {
            Waiting.until(AWS_SECONDS, "AWS has moved return traffic", () -> FailoverRig.passes(rig.inbound()));
        } else if (scenario.gatewayIsHeard()) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(HEARD_SECONDS);
            while (!FailoverRig.passes(rig.inbound()) && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private void repair(Scenario scenario, int tunnel) {
        rig.link().impairAll(rig.healthy());
        if (scenario == Scenario.DELETE || scenario == Scenario.KILL) {
            rig.endpoints().restart(tunnel);
            rig.gateway().renew(tunnel);
        }
    }
}
