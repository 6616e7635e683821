package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SummaryTest {
    @Test
    void nothingMeasuredIsNoSummary() {
        assertThat(Summary.of(List.of())).isEmpty();
    }

    @Test
    void medianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Summary.of(List.of(9.0, 1.0, 4.0))).isEqualTo(Optional.of(new Summary(3, 1, 4, 9)));
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheMiddleTwo() {
        assertThat(Summary.of(List.of(8.0, 1.0, 2.0, 4.0))).isEqualTo(Optional.of(new Summary(4, 1, 3, 8)));
    }

    @Test
    void percentileIsTheNearestRank() {
        double[] values = {5, 1, 4, 2, 3};

        assertThat(Summary.percentile(values, 0)).isEqualTo(1);
        assertThat(Summary.percentile(values, 50)).isEqualTo(3);
        assertThat(Summary.percentile(values, 60)).isEqualTo(3);
        assertThat(Summary.percentile(values, 61)).isEqualTo(4);
        assertThat(Summary.percentile(values, 99)).isEqualTo(5);
        assertThat(values).containsExactly(5, 1, 4, 2, 3);
    }

    @Test
    void nothingHasNoPercentile() {
        assertThatThrownBy(() -> Summary.percentile(new double[0], 50)).isInstanceOf(IllegalArgumentException.class);
    }
}
