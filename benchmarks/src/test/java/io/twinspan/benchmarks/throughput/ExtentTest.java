package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExtentTest {
    private static final Path NOWHERE = Path.of("");
    private static final List<Candidate> ALL = Catalogue.all(NOWHERE, NOWHERE, NOWHERE, NOWHERE);

    @Test
    void everythingIsMeasuredInLessThanHalfAnHour() {
        assertThat(Extent.full(3, 3).estimateSeconds(ALL, 2)).isBetween(20 * 60.0, 27 * 60.0);
    }

    @Test
    void moreRoundsTakeLonger() {
        assertThat(Extent.full(5, 3).estimateSeconds(ALL, 2))
                .isGreaterThan(Extent.full(3, 3).estimateSeconds(ALL, 2));
    }

    @Test
    void theQuickRunIsQuick() {
        List<Candidate> four = ALL.subList(0, 4);

        assertThat(Extent.quick().estimateSeconds(four, 2)).isLessThan(75);
    }

    @Test
    void theQuickRunWantsNoRates() {
        assertThat(Extent.quick().wants(ALL.getFirst(), Measure.UDP_64_RATE)).isFalse();
        assertThat(Extent.quick().wants(ALL.getFirst(), Measure.TCP_1)).isTrue();
    }

    @Test
    void whatACandidateDoesNotOfferIsNotWanted() {
        assertThat(Extent.full(1, 1).wants(ALL.getFirst(), Measure.CPU_PER_GIB)).isFalse();
    }
}
