package io.twinspan.daemon.liveness;

/**
 * What was last seen of the traffic. Immutable.
 *
 * @param carries true where protected traffic is sent here
 * @param seen counters at the last look
 * @param lookedNanos when that was
 * @param active true where packets went out not long ago
 * @param outNanos the last look that saw packets gone out, where active
 * @param goodNanos the last sign of life: an answer or any authentic packet
 */
record PathTraffic(
        boolean carries, PathCounters seen, long lookedNanos, boolean active, long outNanos, long goodNanos) {
    /** Packets that went out this long ago are still worth watching for an answer. */
    private static final long ACTIVE_NANOS = 1_000_000_000L;

    static PathTraffic none(long nowNanos) {
        return new PathTraffic(false, PathCounters.NONE, nowNanos, false, nowNanos, nowNanos);
    }

    PathTraffic carrying(boolean now) {
        return new PathTraffic(now, seen, lookedNanos, active, outNanos, goodNanos);
    }

    PathTraffic started(PathCounters counters, long nowNanos) {
        return new PathTraffic(carries, counters, nowNanos, false, nowNanos, nowNanos);
    }

    PathTraffic look(PathCounters counters, long nowNanos) {
        boolean sent = counters.packetsOut() != seen.packetsOut();
        long out = sent ? nowNanos : outNanos;
        boolean nowActive = sent || (active && nowNanos - outNanos < ACTIVE_NANOS);
        // Before the first packet there is no instant, and MIN_VALUE is comparable with nothing.
        boolean authentic = counters.packetsIn() != seen.packetsIn()
                && counters.lastAuthenticatedNanos() - goodNanos > 0
                && counters.lastAuthenticatedNanos() - nowNanos <= 0;
        long good = authentic ? counters.lastAuthenticatedNanos() : goodNanos;
        return new PathTraffic(carries, counters, nowNanos, nowActive, out, good);
    }

    PathTraffic answered(long atNanos) {
        return atNanos - goodNanos > 0 ? new PathTraffic(carries, seen, lookedNanos, active, outNanos, atNanos) : this;
    }
}
