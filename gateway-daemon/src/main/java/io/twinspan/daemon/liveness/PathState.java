package io.twinspan.daemon.liveness;

import java.util.List;

/**
 * Everything known of one tunnel's path. Immutable; only {@link PathMachine} makes new ones.
 */
public final class PathState {
    private final PathPhase phase;
    private final List<TargetStanding> targets;
    private final OutstandingProbe[] probes;
    private final PathStatistics statistics;
    private final PathTraffic traffic;
    private final int sequence;
    private final long roundNanos;
    private final long deadlineNanos;

    PathState(
            PathPhase phase,
            List<TargetStanding> targets,
            OutstandingProbe[] probes,
            PathStatistics statistics,
            PathTraffic traffic,
            int sequence,
            long roundNanos,
            long deadlineNanos) {
        this.phase = phase;
        this.targets = targets;
        this.probes = probes;
        this.statistics = statistics;
        this.traffic = traffic;
        this.sequence = sequence;
        this.roundNanos = roundNanos;
        this.deadlineNanos = deadlineNanos;
    }

    PathPhase phase() {
        return phase;
    }

    List<TargetStanding> targets() {
        return targets;
    }

    /** Never written to. */
    OutstandingProbe[] probes() {
        return probes;
    }

    PathTraffic traffic() {
        return traffic;
    }

    int sequence() {
        return sequence;
    }

    /** When the last round of probes was due. */
    long roundNanos() {
        return roundNanos;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** What probes measured. */
    public PathStatistics statistics() {
        return statistics;
    }

    /** True where a target has answered since the path came up, or none does any more that did before. */
    public boolean proven() {
        return phase instanceof PathPhase.Silent || targets.stream().anyMatch(TargetStanding::proven);
    }

    /** Round-trip time of the slowest target that answers. */
    public RttEstimator rtt() {
        RttEstimator slowest = RttEstimator.NONE;
        for (TargetStanding target : targets) {
            slowest = target.rtt().smoothedNanos() > slowest.smoothedNanos() ? target.rtt() : slowest;
        }
        return slowest;
    }
}
