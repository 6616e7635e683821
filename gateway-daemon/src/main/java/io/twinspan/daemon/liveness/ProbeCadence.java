package io.twinspan.daemon.liveness;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.liveness.PathPhase.Condition;

/**
 * When to probe, and when to look at the counters.
 *
 * @param traffic as last seen
 * @param roundNanos when the last round of probes was due
 */
record ProbeCadence(ProbePolicy policy, PathTraffic traffic, long roundNanos) {
    /** Rounds without any answer after which the targets are said to be mute, and are asked at rest only. */
    static final int UNANSWERED_ROUNDS = 30;

    /** When the targets are to be asked again. */
    long roundDueNanos(PathPhase phase) {
        return switch (phase) {
            case PathPhase.Stopped _ -> Deadline.NEVER;
            case PathPhase.Proving(int rounds) ->
                roundNanos + (rounds < UNANSWERED_ROUNDS ? policy.recoveryNanos() : policy.intervalNanos());
            case PathPhase.Proven(Condition condition) -> provenDueNanos(condition);
            case PathPhase.Suspected _ -> roundNanos + policy.burstNanos();
            case PathPhase.Silent(int answered) ->
                roundNanos + (answered > 0 ? policy.recoveryNanos() : policy.silentNanos());
        };
    }

    /** The same where something looks bad. Somebody else's bad news may come in hundreds; one check answers all of them. */
    long checkDueNanos(PathPhase phase, long nowNanos) {
        return Deadline.earlier(roundDueNanos(phase), later(nowNanos, roundNanos + policy.burstNanos()));
    }

    /**
     * When the counters are worth a look: looks fall on common instants, so that a hundred resting tunnels wake the loop once
     * and not a hundred times.
     */
    long lookDueNanos(PathPhase phase, long nowNanos) {
        boolean watching = phase instanceof PathPhase.Proven && (traffic.carries() || traffic.active());
        long period = policy.activeNanos();
        return watching ? (Math.floorDiv(nowNanos, period) + 1) * period : Deadline.NEVER;
    }

    private long provenDueNanos(Condition condition) {
        long rest = roundNanos + (condition == Condition.RECOVERING ? policy.recoveryNanos() : policy.intervalNanos());
        if (!traffic.active()) {
            return rest;
        }
        long silence = later(traffic.goodNanos(), roundNanos) + policy.activeNanos();
        return Deadline.earlier(rest, Deadline.earlier(roundNanos + policy.proofNanos(), silence));
    }

    private static long later(long a, long b) {
        return a - b >= 0 ? a : b;
    }
}
