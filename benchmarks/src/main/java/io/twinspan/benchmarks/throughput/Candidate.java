package io.twinspan.benchmarks.throughput;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One thing to measure: a gateway program with one set of settings.
 *
 * @param id the word on the command line
 * @param label how tables name it
 * @param measures what is measured of it
 * @param missing says in a sentence what is missing here and how to get it; empty where it can be started
 * @param starter brings both gateways up
 */
record Candidate(String id, String label, Set<Measure> measures, Supplier<String> missing, Starter starter) {
    Candidate {
        measures = Set.copyOf(measures);
    }

    /** Brings both gateways up in a fresh topology. */
    @FunctionalInterface
    interface Starter {
        /**
         * Starts the gateways and returns at once; packets may pass only later.
         *
         * @param pair where every process goes as soon as it runs
         * @param folder for files of this start
         */
        void start(BenchTopology topology, GatewayPair pair, Path folder);
    }
}
