package io.twinspan.benchmarks.throughput;

import java.util.Set;

/**
 * One thing to measure.
 *
 * @param id the word on the command line
 * @param label how tables name it
 * @param measures what is measured of it
 */
record Candidate(String id, String label, Set<Measure> measures, Gateways gateways) {
    Candidate {
        measures = Set.copyOf(measures);
    }
}
