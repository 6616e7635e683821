package io.twinspan.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class LossesTest {
    @Test
    void fullQueueIsNoFaultAndAMissingSaIs() {
        Losses losses = Losses.between(
                Map.of("UNKNOWN_SPI", 1L),
                Map.of("UNKNOWN_SPI", 3L, "AQM_DROP", 5L, "AQM_MARKED", 7L),
                Map.of(),
                Map.of("UNKNOWN_SPI", 1L, "EGRESS_QUEUE_FULL", 2L));

        assertThat(losses.byFault()).isEqualTo(3);
        assertThat(losses.byCongestion()).isEqualTo(7);
    }

    @Test
    void counterThatDidNotMoveIsNotMentioned() {
        assertThat(Losses.between(Map.of("BAD_ICV", 4L), Map.of("BAD_ICV", 4L), Map.of(), Map.of())
                        .drops())
                .isEmpty();
    }

    @Test
    void nameThatNobodyHasSortedIsAFault() {
        assertThat(new Losses(Map.of("SOMETHING_NEW", 1L)).byFault()).isEqualTo(1);
    }
}
