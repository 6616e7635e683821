package io.twinspan.daemon.liveness;

import java.util.SplittableRandom;

/** Users' packets of one tunnel, by what the counters show of them: none of them is simulated by itself. */
final class SimulatedTraffic {
    /** What users do. */
    enum Pattern {
        IDLE,
        /** Only out, as a one-way stream. */
        OUT,
        /** Only in. */
        IN,
        /** Two streams that do not wait for each other. */
        BOTH,
        /** Requests and their answers, with pauses. */
        TALK
    }

    private static final long MILLI = 1_000_000;

    private final SplittableRandom random;
    private final SimulatedLink link;
    private Pattern pattern = Pattern.IDLE;
    private long periodNanos = MILLI;
    private long talkUntilNanos;
    private boolean talking;
    private long packetsOut;
    private long packetsIn;
    private long missing;
    private long lastInNanos = Long.MIN_VALUE;
    private long lookedNanos;

    SimulatedTraffic(SplittableRandom random, SimulatedLink link) {
        this.random = random;
        this.link = link;
    }

    void pattern(Pattern next, long packetEveryNanos) {
        pattern = next;
        periodNanos = packetEveryNanos;
    }

    Pattern pattern() {
        return pattern;
    }

    /** A probe's answer came in. */
    void answer(long nowNanos) {
        packetsIn++;
        lastInNanos = Math.max(lastInNanos, nowNanos);
    }

    void gap(long packets) {
        missing += packets;
    }

    PathCounters counters(long nowNanos) {
        long passed = nowNanos - lookedNanos;
        boolean out = pattern == Pattern.OUT || pattern == Pattern.BOTH;
        boolean in = pattern == Pattern.IN || pattern == Pattern.BOTH;
        if (pattern == Pattern.TALK) {
            if (nowNanos >= talkUntilNanos) {
                talking = !talking;
                talkUntilNanos = nowNanos + random.nextLong(50 * MILLI, 5_000 * MILLI);
            }
            out = talking;
            in = talking;
        }
        if (out && passed >= periodNanos) {
            packetsOut += passed / periodNanos;
        }
        if (in) {
            arrive(nowNanos);
        }
        lookedNanos = out && passed < periodNanos ? lookedNanos : nowNanos;
        return new PathCounters(packetsOut, packetsIn, missing, lastInNanos);
    }

    private void arrive(long nowNanos) {
        long end = link.inAlive(nowNanos) ? nowNanos : Math.min(nowNanos, link.inDeadNanos() + link.oneWayNanos());
        if (pattern == Pattern.TALK && link.diesOut()) {
            end = Math.min(end, link.outDeadNanos() + link.roundTripNanos());
        }
        long latest = end - random.nextLong(periodNanos);
        while (link.loss() > 0 && random.nextDouble() < link.loss()) {
            latest -= periodNanos;
        }
        if (latest > lastInNanos) {
            packetsIn++;
            lastInNanos = latest;
        }
    }
}
