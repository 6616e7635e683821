package io.twinspan.benchmarks.throughput;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every value measured so far, in order. */
final class Results {
    private final List<Sample> samples = new ArrayList<>();

    /**
     * One value.
     *
     * @param candidate its id
     * @param round from 1
     */
    record Sample(Mode mode, String candidate, int round, Measure measure, double value) {}

    void add(Sample sample) {
        samples.add(sample);
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** The values of the rounds that have one, by round. */
    SortedMap<Integer, Double> rounds(Mode mode, String candidate, Measure measure) {
        SortedMap<Integer, Double> values = new TreeMap<>();
        for (Sample sample : samples) {
            if (sample.mode() == mode && sample.candidate().equals(candidate) && sample.measure() == measure) {
                values.put(sample.round(), sample.value());
            }
        }
        return values;
    }

    /** Median and range over the rounds; empty where it was not measured. */
    Optional<Summary> summary(Mode mode, String candidate, Measure measure) {
        return Summary.of(rounds(mode, candidate, measure).values());
    }
}
