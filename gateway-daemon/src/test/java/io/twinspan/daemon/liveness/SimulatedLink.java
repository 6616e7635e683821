package io.twinspan.daemon.liveness;

import java.util.SplittableRandom;

/** Both directions of a path as a probe meets them: delay, jitter, loss, a queue that fills, and death. */
final class SimulatedLink {
    static final long NEVER = Long.MAX_VALUE;

    private static final long LONGEST_QUEUE_NANOS = 250_000_000;

    private final SplittableRandom random;
    private long oneWayNanos = 5_000_000;
    private long jitterNanos;
    private double loss;
    private double excess;
    private long fullFromNanos = NEVER;
    private long fullUntilNanos = NEVER;
    private long clumpUntilNanos = Long.MIN_VALUE;
    private long gapUntilNanos = Long.MIN_VALUE;
    private long outDeadNanos = NEVER;
    private long inDeadNanos = NEVER;

    SimulatedLink(SplittableRandom random) {
        this.random = random;
    }

    SimulatedLink roundTrip(long nanos, long jitter) {
        oneWayNanos = nanos / 2;
        jitterNanos = jitter / 2;
        return this;
    }

    /** Of each direction. */
    SimulatedLink loss(double probability) {
        loss = probability;
        return this;
    }

    long roundTripNanos() {
        return 2 * oneWayNanos;
    }

    long oneWayNanos() {
        return oneWayNanos;
    }

    long jitterNanos() {
        return 2 * jitterNanos;
    }

    double loss() {
        return loss;
    }

    /** Somebody sends more than the uplink carries, by this share. */
    void saturate(long fromNanos, long untilNanos, double byShare) {
        fullFromNanos = fromNanos;
        fullUntilNanos = untilNanos;
        excess = byShare;
    }

    /** Nothing passes for a moment, as when both ends change keys. */
    void gap(long untilNanos) {
        gapUntilNanos = untilNanos;
    }

    void die(long outNanos, long inNanos) {
        outDeadNanos = outNanos;
        inDeadNanos = inNanos;
    }

    void heal() {
        outDeadNanos = NEVER;
        inDeadNanos = NEVER;
    }

    boolean diesOut() {
        return outDeadNanos != NEVER;
    }

    boolean outAlive(long atNanos) {
        return atNanos < outDeadNanos;
    }

    boolean inAlive(long atNanos) {
        return atNanos < inDeadNanos;
    }

    long inDeadNanos() {
        return inDeadNanos;
    }

    long outDeadNanos() {
        return outDeadNanos;
    }

    /** When what leaves now arrives at the peer; {@link #NEVER} where it is lost. */
    long out(long nowNanos) {
        long queue = queueNanos(nowNanos);
        return outAlive(nowNanos) && !lost(nowNanos) && !overflows(nowNanos, queue)
                ? nowNanos + oneWayNanos + jitter() + queue
                : NEVER;
    }

    /** When what the peer sends now arrives here; {@link #NEVER} where it is lost. */
    long in(long nowNanos) {
        return inAlive(nowNanos) && !lost(nowNanos) ? nowNanos + oneWayNanos + jitter() : NEVER;
    }

    private boolean lost(long nowNanos) {
        return nowNanos < gapUntilNanos || (loss > 0 && random.nextDouble() < loss);
    }

    /** A full queue drops the share that is too much, a few milliseconds' worth at a time. */
    private boolean overflows(long nowNanos, long queueNanos) {
        if (queueNanos < LONGEST_QUEUE_NANOS) {
            return false;
        }
        if (nowNanos < clumpUntilNanos) {
            return true;
        }
        if (random.nextDouble() < excess / (1 + excess)) {
            clumpUntilNanos = nowNanos + random.nextLong(8_000_000);
            return true;
        }
        return false;
    }

    private long queueNanos(long nowNanos) {
        if (fullFromNanos == NEVER || nowNanos < fullFromNanos) {
            return 0;
        }
        long filling = Math.min(nowNanos, fullUntilNanos) - fullFromNanos;
        long full = Math.min(LONGEST_QUEUE_NANOS, (long) (filling * excess));
        return Math.max(0, full - Math.max(0, nowNanos - fullUntilNanos));
    }

    /** Half of it spread evenly, half with a tail; never more than was asked for. */
    private long jitter() {
        if (jitterNanos == 0) {
            return 0;
        }
        double share = random.nextBoolean() ? random.nextDouble() : Math.min(1, -Math.log(1 - random.nextDouble()) / 4);
        return (long) (share * jitterNanos);
    }
}
