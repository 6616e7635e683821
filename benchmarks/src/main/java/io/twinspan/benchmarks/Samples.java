package io.twinspan.benchmarks;

import java.util.Arrays;

/** What several rounds of one measurement gave, smallest first. At least one. */
public record Samples(double[] ascending) {
    public Samples {
        if (ascending.length == 0) {
            throw new IllegalArgumentException("no samples");
        }
        ascending = ascending.clone();
        Arrays.sort(ascending);
    }

    /** The smallest. */
    public double min() {
        return ascending[0];
    }

    /** The largest. */
    public double max() {
        return ascending[ascending.length - 1];
    }

    /** The middle one, or the mean of the two in the middle. */
    public double median() {
        int middle = ascending.length / 2;
        return ascending.length % 2 == 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
    }

    /** The smallest sample that {@code share} (0..1) of all samples do not exceed. */
    public double percentile(double share) {
        int rank = (int) Math.ceil(share * ascending.length);
        return ascending[Math.clamp(rank - 1L, 0, ascending.length - 1)];
    }
}
