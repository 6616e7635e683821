package io.twinspan.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SamplesTest {
    @Test
    void orderOfTheSamplesDoesNotMatter() {
        Samples samples = new Samples(new double[] {3, 1, 2});

        assertThat(samples.min()).isEqualTo(1);
        assertThat(samples.median()).isEqualTo(2);
        assertThat(samples.max()).isEqualTo(3);
    }

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(new Samples(new double[] {4, 1, 2, 9}).median()).isEqualTo(3);
    }

    @Test
    void percentileIsTheNearestRank() {
        Samples samples = new Samples(new double[] {10, 20, 30, 40, 50, 60, 70, 80, 90, 100});

        assertThat(samples.percentile(0)).isEqualTo(10);
        assertThat(samples.percentile(0.5)).isEqualTo(50);
        assertThat(samples.percentile(0.99)).isEqualTo(100);
        assertThat(samples.percentile(1)).isEqualTo(100);
    }

    @Test
    void nothingMeasuredIsNoResult() {
        assertThatThrownBy(() -> new Samples(new double[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
