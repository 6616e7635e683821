package io.twinspan.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RekeyOrderTest {
    @Test
    void everyPeriodHasAChildAndAnIkeRekeyAndTheSidesTakeTurns() {
        assertThat(RekeyOrder.schedule(1000, 60, 120))
                .containsExactly(
                        new RekeyOrder(1015, "a", "esp"),
                        new RekeyOrder(1045, "b", "ike"),
                        new RekeyOrder(1075, "b", "esp"),
                        new RekeyOrder(1105, "a", "ike"));
    }

    @Test
    void nothingIsOrderedBehindTheEnd() {
        assertThat(RekeyOrder.schedule(0, 60, 15)).isEmpty();
    }
}
