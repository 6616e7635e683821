package io.twinspan.benchmarks.throughput;

import java.util.EnumSet;
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

    private static final int QUICK_SECONDS = 2;

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
}
