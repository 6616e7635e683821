package io.twinspan.daemon.liveness;

/** How many probes in a row must stay unanswered before that is no chance any more. */
final class BurstLength {
    static final int SHORTEST = 12;
    static final int LONGEST = 40;

    /** Loss comes in clumps, and a quiet past promises nothing: never believe a path to be better than this. */
    private static final double LOSS_FLOOR = 0.2;

    /** One-sided confidence of 99.9 %. */
    private static final double Z = 3.09;

    private BurstLength() {}

    /** The length for a path with this past. */
    static int of(ProbePolicy policy, PathStatistics statistics) {
        return of(policy, statistics.lostOfLast(PathStatistics.OUTCOMES));
    }

    /** The length where so many of the last 64 probes were lost. */
    static int of(ProbePolicy policy, int lost) {
        double loss = Math.max(LOSS_FLOOR, upperBound(lost));
        int needed = (int) Math.ceil(Math.log(policy.falseAlarm()) / Math.log(loss));
        return Math.clamp(needed, SHORTEST, LONGEST);
    }

    /** Upper end of the Wilson score interval; what is not measured yet counts as answered, the floor covers it. */
    private static double upperBound(int lost) {
        double n = PathStatistics.OUTCOMES;
        double p = lost / n;
        double z2 = Z * Z;
        double centre = p + z2 / (2 * n);
        double spread = Z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
        return Math.min(0.99, (centre + spread) / (1 + z2 / n));
    }
}
