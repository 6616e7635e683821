package io.twinspan.benchmarks.throughput;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How much one run measures.
 *
 * @param rounds how often each candidate comes round
 * @param seconds of each TCP run
 * @param measures what is measured at most
 */
record Extent(int rounds, int seconds, Set<Measure> measures) {
    /** Unmeasured traffic before the first measure, for every candidate alike: a JIT compiler needs it. */
    static final int WARM_UP_SECONDS = 3;

    /** Pings through the idle tunnel. */
    static final int IDLE_PINGS = 500;

    private static final int QUICK_SECONDS = 2;
    private static final Set<Measure> TCP_RUNS =
            EnumSet.of(Measure.TCP_1, Measure.TCP_4, Measure.TCP_1_REVERSE, Measure.TCP_4_REVERSE);
    private static final Set<Measure> RATES = EnumSet.of(Measure.UDP_64_RATE, Measure.UDP_1400_RATE);

    private static final double UP_AND_DOWN_SECONDS = 2.5;
    private static final double TCP_SETUP_SECONDS = 0.2;
    private static final double TRY_SECONDS = UdpMeasurement.TRY_SECONDS + 0.2;
    private static final double FIRST_TRIES = 10;
    private static final double LATER_TRIES = 6;
    private static final double PINGS_PER_SECOND = Ping.during(1);

    Extent {
        measures = Set.copyOf(measures);
    }

    /** Everything. */
    static Extent full(int rounds, int seconds) {
        return new Extent(rounds, seconds, EnumSet.allOf(Measure.class));
    }

    /** One round of TCP, for use while developing. */
    static Extent quick() {
        return new Extent(
                1,
                QUICK_SECONDS,
                EnumSet.of(
                        Measure.TCP_1,
                        Measure.CPU_PER_GIB,
                        Measure.CPU_PER_GIB_SENDER,
                        Measure.CPU_PER_GIB_RECEIVER,
                        Measure.RESIDENT));
    }

    /** True where this is to be measured of a candidate. */
    boolean wants(Candidate candidate, Measure measure) {
        return measures.contains(measure) && candidate.measures().contains(measure);
    }

    /** About how long all of it takes. */
    double estimateSeconds(List<Candidate> candidates, int modes) {
        double total = 0;
        for (Candidate candidate : candidates) {
            long rates = RATES.stream().filter(rate -> wants(candidate, rate)).count();
            double tries = FIRST_TRIES + (rounds - 1) * LATER_TRIES;
            total += rounds * fixedSeconds(candidate) + rates * tries * TRY_SECONDS;
        }
        return total * modes;
    }

    private double fixedSeconds(Candidate candidate) {
        long runs =
                TCP_RUNS.stream().filter(measure -> wants(candidate, measure)).count();
        return UP_AND_DOWN_SECONDS
                + WARM_UP_SECONDS
                + runs * (seconds + TCP_SETUP_SECONDS)
                + (wants(candidate, Measure.PING_IDLE_P99) ? IDLE_PINGS / PINGS_PER_SECOND : 0);
    }
}
