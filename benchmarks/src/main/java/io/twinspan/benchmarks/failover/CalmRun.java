package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.throughput.BenchException;
import io.twinspan.daemon.lab.LinkDirection;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A bad line for some minutes, watched from outside and by the gateway's own words. */
final class CalmRun {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int UNDER_WAY_PACKETS = 300;

    private final FailoverRig rig;
    private final TwinspanGateway gateway;
    private final CalmPlan plan;
    private @Nullable CpuBurst burst;
    private @Nullable BulkFlow bulk;
    private int bursts;
    private int saturations;
    private int rekeys;
    private int refusedRekeys;
    private int moves;

    CalmRun(FailoverRig rig, TwinspanGateway gateway, CalmPlan plan) {
        this.rig = rig;
        this.gateway = gateway;
        this.plan = plan;
    }

    /** Runs for so many seconds. */
    CalmResult measure(int seconds) {
        int active = rig.awaitHealthy();
        int firstOut = rig.outbound().sent();
        int firstIn = rig.inbound().sent();
        Instant start = Instant.now();
        long begin = System.nanoTime();
        try {
            for (int second = 0; second < seconds; second++) {
                drive(second);
                int seen = rig.active();
                moves += seen == active ? 0 : 1;
                active = seen;
                LockSupport.parkNanos(begin + (second + 1) * SECOND_NANOS - System.nanoTime());
            }
        } finally {
            burst(false);
            saturate(false);
            rig.link().impairAll(rig.healthy());
        }
        return new CalmResult(
                seconds,
                bursts,
                saturations,
                rekeys,
                refusedRekeys,
                moves,
                rig.outbound().window(firstOut, rig.outbound().sent() - UNDER_WAY_PACKETS),
                rig.inbound().window(firstIn, rig.inbound().sent() - UNDER_WAY_PACKETS),
                gateway.storySince(start));
    }

    private void drive(int second) {
        for (int tunnel = 1; tunnel <= 2; tunnel++) {
            rig.link().impair(tunnel, LinkDirection.TO_AWS, plan.toAws(second));
            rig.link().impair(tunnel, LinkDirection.TO_GATEWAY, plan.toGateway(second));
        }
        burst(plan.bursts(second));
        saturate(plan.saturates(second));
        if (plan.rekeys(second)) {
            rekey(plan.rekey(second));
        }
    }

    private void rekey(CalmPlan.Rekey order) {
        try {
            gateway.rekey(order.tunnel(), order.sa());
            rekeys++;
        } catch (BenchException e) {
            refusedRekeys++;
        }
    }

    private void burst(boolean wanted) {
        if (wanted && burst == null) {
            burst = new CpuBurst();
            bursts++;
        } else if (!wanted && burst != null) {
            burst.close();
            burst = null;
        }
    }

    private void saturate(boolean wanted) {
        if (wanted && bulk == null) {
            bulk = rig.bulk(CalmPlan.BULK_PER_SECOND);
            saturations++;
        } else if (!wanted && bulk != null) {
            bulk.close();
            bulk = null;
        }
    }
}
