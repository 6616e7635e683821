package io.twinspan.daemon.liveness;

import io.twinspan.crypto.time.Deadline;
import java.util.ArrayList;
import java.util.List;

/**
 * The watch over one tunnel's path by probes inside it: when to ask, when to grow suspicious, when the path is dead, when it
 * is well again. A pure function of (state, event, now); see the package for the rules.
 */
public final class PathMachine {
    /** A wake-up later than this means that this process stood still, so whoever seems late may not be. */
    static final long STALL_NANOS = 20_000_000;

    private final ProbePolicy policy;

    /** A machine that follows this policy. */
    public PathMachine(ProbePolicy policy) {
        this.policy = policy;
    }

    /** The policy it follows. */
    public ProbePolicy policy() {
        return policy;
    }

    /** The state of a tunnel without a child SA. */
    public PathState initial(long nowNanos) {
        List<TargetStanding> targets = new ArrayList<>();
        for (int target = 0; target < policy.targets(); target++) {
            targets.add(TargetStanding.unknown(RttEstimator.NONE, nowNanos));
        }
        return new PathState(
                new PathPhase.Stopped(),
                List.copyOf(targets),
                new OutstandingProbe[0],
                PathStatistics.EMPTY,
                PathTraffic.none(nowNanos),
                1,
                nowNanos,
                Deadline.NEVER);
    }

    /** Applies one event. */
    public PathStep step(PathState state, PathEvent event, long nowNanos) {
        PathTurn turn = new PathTurn(policy, state, nowNanos);
        switch (event) {
            case PathEvent.Started(PathCounters counters) -> turn.start(counters);
            case PathEvent.Stopped() -> turn.stop();
            case PathEvent.Role(boolean carries) -> turn.role(carries);
            case PathEvent.DeadlineReached(PathCounters counters) -> turn.look(counters);
            case PathEvent.ProbeSent(int sequence, long sentNanos) -> turn.sent(sequence, sentNanos);
            case PathEvent.ProbeRefused(int sequence) -> turn.refused(sequence);
            case PathEvent.ProbeAnswered(int sequence, long sentNanos, long atNanos) ->
                turn.answered(sequence, sentNanos, atNanos);
            case PathEvent.FenceDone(int fence) -> turn.fenced(fence);
            case PathEvent.Hint() -> turn.hint();
        }
        return turn.end();
    }

    /** The next instant at which {@link PathEvent.DeadlineReached} is due, or {@code Deadline.NEVER}. */
    public long nextDeadlineNanos(PathState state) {
        return state.deadlineNanos();
    }
}
