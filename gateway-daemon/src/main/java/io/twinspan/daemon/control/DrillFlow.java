package io.twinspan.daemon.control;

import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.Probe;
import io.twinspan.daemon.dataplane.ProbeKind;
import io.twinspan.daemon.drill.DrillHandOver;
import io.twinspan.daemon.drill.DrillMachine;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.drill.ProbeLedger;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The numbered probes of a drill: to the peer through whichever tunnel carries traffic, to a target where there is one, and
 * through the standby until it is proved. Control loop only.
 */
final class DrillFlow {
    /** Flows that may share the numbers of {@link ProbeKind#DRILL}. */
    private static final int FLOWS = 4;

    private static final int TO_PEER = 0;
    private static final int TO_TARGET = 1;
    private static final int THROUGH_STANDBY = 2;

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long PROOF_NANOS = 50_000_000L;
    private static final int PROOFS = 128;

    /** While no process runs, nobody sends. */
    private static final long LONGEST_RESTART_NANOS = DrillHandOver.MAX_AGE_NANOS;

    /** After a stop of the loop, so many probes are made up for; more would be a burst of our own. */
    private static final int CATCH_UP = 20;

    private final DataPlane dataPlane;
    private final int standby;
    private final @Nullable InetAddress target;
    private final long intervalNanos;
    private final ProbeLedger toPeer;
    private final ProbeLedger toTarget;
    private final ProbeLedger throughStandby = new ProbeLedger(PROOFS);
    private boolean proving = true;
    private boolean stopped;
    private int next;
    private long nextNanos;
    private int nextProof;
    private long nextProofNanos;

    DrillFlow(DataPlane dataPlane, DrillOrder order, int standby, @Nullable InetAddress target, long nowNanos) {
        this.dataPlane = dataPlane;
        this.standby = standby;
        this.target = target;
        this.intervalNanos = SECOND_NANOS / order.probesPerSecond();
        long longest = DrillMachine.MAX_BESIDE_NANOS + order.durationNanos() + pause(order);
        int capacity = (int) (longest / intervalNanos) + CATCH_UP;
        toPeer = new ProbeLedger(capacity);
        toTarget = new ProbeLedger(target == null ? 0 : capacity);
        nextNanos = nowNanos;
        nextProofNanos = nowNanos;
    }

    private static long pause(DrillOrder order) {
        return order.scenario() instanceof DrillScenario.DaemonRestart ? LONGEST_RESTART_NANOS : 0;
    }

    /**
     * Goes on with the flow of another process, from now on.
     *
     * @param originNanos when that one told of it
     */
    void takeUp(DrillHandOver left, long originNanos, long nowNanos) {
        proving = false;
        nextNanos = nowNanos;
        next = toPeer.takeUp(left.toPeer(), originNanos, nowNanos, intervalNanos);
        if (target != null) {
            next = Math.max(next, toTarget.takeUp(left.toTarget(), originNanos, nowNanos, intervalNanos));
        }
    }

    long intervalNanos() {
        return intervalNanos;
    }

    ProbeLedger toPeer() {
        return toPeer;
    }

    ProbeLedger toTarget() {
        return toTarget;
    }

    ProbeLedger throughStandby() {
        return throughStandby;
    }

    boolean hasTarget() {
        return target != null;
    }

    /**
     * Sends what is due.
     *
     * @param through a tunnel, or {@link DataPlane#NO_TUNNEL} for whichever carries traffic
     */
    void run(long nowNanos, int through) {
        if (stopped) {
            return;
        }
        if (nowNanos - nextNanos > CATCH_UP * intervalNanos) {
            nextNanos = nowNanos;
        }
        while (nowNanos - nextNanos >= 0 && next < toPeer.capacity()) {
            dataPlane.probe(Probe.toPeer(ProbeKind.DRILL, through, next * FLOWS + TO_PEER));
            if (target != null) {
                dataPlane.probe(Probe.toTarget(ProbeKind.DRILL, through, target, next * FLOWS + TO_TARGET));
            }
            next++;
            nextNanos += intervalNanos;
        }
        if (proving && nowNanos - nextProofNanos >= 0 && nextProof < PROOFS) {
            dataPlane.probe(Probe.toPeer(ProbeKind.DRILL, standby, nextProof * FLOWS + THROUGH_STANDBY));
            nextProof++;
            nextProofNanos = nowNanos + PROOF_NANOS;
        }
    }

    /** The standby is proved. */
    void proved() {
        proving = false;
    }

    void stop() {
        stopped = true;
    }

    void sent(int sequence, int tunnel, long atNanos) {
        ledger(sequence).sent(sequence / FLOWS, tunnel, atNanos);
    }

    /** True where it belongs to the flow to the peer. */
    boolean answered(int sequence, int tunnel, long sentNanos, long atNanos) {
        ledger(sequence).answered(sequence / FLOWS, tunnel, sentNanos, atNanos);
        return sequence % FLOWS == TO_PEER;
    }

    private ProbeLedger ledger(int sequence) {
        return switch (sequence % FLOWS) {
            case TO_PEER -> toPeer;
            case TO_TARGET -> toTarget;
            default -> throughStandby;
        };
    }
}
