package io.twinspan.daemon.liveness;

import io.twinspan.daemon.liveness.SimulatedTraffic.Pattern;
import java.util.SplittableRandom;

/** Hours in the life of a path that works, with everything that happens to paths that work. */
final class PathLives {
    static final ProbePolicy POLICY =
            new ProbePolicy(1, 1, 1_000_000_000L, 50_000_000L, 10_000_000L, 1_000_000_000L, 1e-10, 0.02);

    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000_000_000L;
    static final long HOUR = 3_600 * SECOND;

    private static final long[] ROUND_TRIPS = {1, 3, 5, 10, 10, 20, 40, 80, 150, 250};
    private static final long[] JITTERS = {0, 1, 5, 20, 50};
    private static final double[] LOSSES = {0, 0, 0.001, 0.01, 0.05};

    private PathLives() {}

    /** One hour that this seed decides; comes back with what was counted. */
    static SimulatedPath hour(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        // The clock starts anywhere, also below zero.
        long start = random.nextLong(-HOUR, HOUR);
        SimulatedPath path = new SimulatedPath(POLICY, random.split(), start);
        long roundTrip = pick(random, ROUND_TRIPS) * MILLI;
        path.link.roundTrip(roundTrip, pick(random, JITTERS) * MILLI).loss(LOSSES[random.nextInt(LOSSES.length)] / 2);
        path.start();
        path.carries(random.nextInt(10) < 7);
        while (path.now() - start < HOUR) {
            happen(path, random);
            path.runUntil(Math.min(path.now() + random.nextLong(180 * SECOND), start + HOUR), false);
        }
        return path;
    }

    /** Something new; about 40 in an hour. */
    static void happen(SimulatedPath path, SplittableRandom random) {
        switch (random.nextInt(10)) {
            case 0 -> path.stall(SECOND);
            case 1 -> path.busy(SECOND);
            case 2 -> {
                path.link.gap(path.now() + random.nextLong(20 * MILLI));
                path.traffic.gap(random.nextLong(50));
            }
            case 3, 4 -> {
                double excess = 0.11 + 0.38 * random.nextDouble();
                path.link.saturate(path.now(), path.now() + random.nextLong(60 * SECOND), excess);
            }
            default -> {
                Pattern[] patterns = Pattern.values();
                path.traffic.pattern(
                        patterns[random.nextInt(patterns.length)], random.nextLong(MILLI / 10, 200 * MILLI));
            }
        }
    }

    private static long pick(SplittableRandom random, long[] values) {
        return values[random.nextInt(values.length)];
    }
}
