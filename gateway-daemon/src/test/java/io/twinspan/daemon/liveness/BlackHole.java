package io.twinspan.daemon.liveness;

import io.twinspan.daemon.liveness.SimulatedTraffic.Pattern;
import java.util.SplittableRandom;

/**
 * One path that worked and died in one moment, without a word.
 *
 * @param seed decides everything
 * @param death which direction
 * @param pattern what users did
 * @param tookNanos from the death to the verdict; {@code Long.MAX_VALUE} where it was not found
 * @param boundNanos what was promised at the moment of death
 * @param restoredNanos from the healing until it was usable again
 */
record BlackHole(long seed, Death death, Pattern pattern, long tookNanos, long boundNanos, long restoredNanos) {
    /** The simulated loop wakes up late by so much now and then. */
    static final long SLACK_NANOS = 3_000_000;

    private static final Pattern[] ACTIVE = {Pattern.OUT, Pattern.BOTH};

    /** The direction that died. */
    enum Death {
        BOTH,
        OUT,
        IN
    }

    /** Lives and dies under load. */
    static BlackHole underLoad(long seed, long roundTripNanos, long jitterNanos, double loss) {
        return of(seed, ACTIVE, roundTripNanos, jitterNanos, loss);
    }

    /** Dies at rest. */
    static BlackHole atRest(long seed, long roundTripNanos, long jitterNanos, double loss) {
        return of(seed, new Pattern[] {Pattern.IDLE}, roundTripNanos, jitterNanos, loss);
    }

    private static BlackHole of(long seed, Pattern[] patterns, long roundTripNanos, long jitterNanos, double loss) {
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedPath path = new SimulatedPath(PathLives.POLICY, random.split(), random.nextLong(PathLives.HOUR));
        path.link.roundTrip(roundTripNanos, jitterNanos).loss(loss / 2);
        path.start();
        path.carries(patterns.length > 1);
        Pattern pattern = patterns[random.nextInt(patterns.length)];
        path.traffic.pattern(pattern, random.nextLong(100_000, 5_000_000));
        path.runUntil(path.now() + random.nextLong(70 * PathLives.SECOND, 90 * PathLives.SECOND), false);
        Death death = Death.values()[random.nextInt(Death.values().length)];
        long died = path.now();
        path.link.die(death == Death.IN ? SimulatedLink.NEVER : died, death == Death.OUT ? SimulatedLink.NEVER : died);
        long bound = bound(path, death, pattern);
        // What is under way still comes in, and may change what is known of the path.
        path.runUntil(died + roundTripNanos + jitterNanos, true);
        bound = Math.max(bound, bound(path, death, pattern)) + jitterNanos + SLACK_NANOS;
        path.runUntil(died + 10 * PathLives.SECOND, true);
        long took = path.dead() ? path.now() - died : Long.MAX_VALUE;
        long healed = path.now();
        path.link.heal();
        path.runUntil(healed + 20 * PathLives.SECOND, false);
        return new BlackHole(seed, death, pattern, took, bound, path.degradedNanos - healed);
    }

    private static long bound(SimulatedPath path, Death death, Pattern pattern) {
        DetectionTime time = DetectionTime.of(PathLives.POLICY, path.state);
        if (pattern == Pattern.IDLE) {
            return time.idleNanos();
        }
        return death == Death.OUT ? time.oneWayNanos() : time.silentNanos();
    }
}
