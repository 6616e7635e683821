package io.twinspan.benchmarks.throughput;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** What several runs of one measure say. */
record Summary(int runs, double min, double median, double max) {
    /** Empty where nothing was measured. */
    static Optional<Summary> of(Collection<Double> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return Optional.of(new Summary(sorted.length, sorted[0], median, sorted[sorted.length - 1]));
    }

    /**
     * The value that this share of the values does not exceed, nearest rank.
     *
     * @param percent 0 to 100
     */
    static double percentile(double[] values, double percent) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }
}
