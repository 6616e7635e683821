package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

final class RateSearchTest {
    private static final double GUESS = 30_000;
    private static final double STEP = 1.5;

    @Property
    void comesWithinFourPercentOfWhatAGatewayCarries(@ForAll @DoubleRange(min = 2_000, max = 400_000) double capacity) {
        RateSearch search = new RateSearch(GUESS, STEP);
        int tries = 0;
        while (!search.done()) {
            double target = search.target();
            search.report(target, target <= capacity ? 0 : 0.2);
            tries++;
        }

        assertThat(search.best()).isBetween(capacity / 1.04, capacity);
        assertThat(tries).isLessThanOrEqualTo(16);
    }

    @Property
    void aGoodGuessNeedsFewTries(@ForAll @DoubleRange(min = 0.95, max = 1.05) double drift) {
        double capacity = GUESS * drift;
        RateSearch search = new RateSearch(GUESS, 1.1);
        int tries = 0;
        while (!search.done()) {
            double target = search.target();
            search.report(target, target <= capacity ? 0 : 0.2);
            tries++;
        }

        assertThat(tries).isLessThanOrEqualTo(5);
    }

    @Test
    void theSendersCeilingEndsTheSearch() {
        double ceiling = 100_000;
        RateSearch search = new RateSearch(GUESS, STEP);
        while (!search.done()) {
            search.report(Math.min(search.target(), ceiling), 0);
        }

        assertThat(search.best()).isEqualTo(ceiling);
    }

    @Test
    void aSenderThatIsLateDoesNotEndTheSearch() {
        double capacity = 100_000;
        RateSearch search = new RateSearch(GUESS, STEP);
        while (!search.done()) {
            double sent = search.target() * 0.8;
            search.report(sent, sent <= capacity ? 0 : 0.2);
        }

        assertThat(search.best()).isBetween(capacity / 1.04, capacity);
    }

    @Test
    void aNarrowFailureIsTriedASecondTimeAtTheSameRate() {
        RateSearch search = new RateSearch(GUESS, STEP);
        search.report(GUESS, 0.005);
        assertThat(search.target()).isEqualTo(GUESS);

        search.report(GUESS, 0);
        assertThat(search.target()).isEqualTo(GUESS * STEP);
        assertThat(search.best()).isEqualTo(GUESS);
    }

    @Test
    void aSecondNarrowFailureCounts() {
        RateSearch search = new RateSearch(GUESS, STEP);
        search.report(GUESS, 0.005);
        search.report(GUESS, 0.005);

        assertThat(search.target()).isEqualTo(GUESS / STEP);
    }

    @Test
    void whereEverythingIsLostTheAnswerIsNothing() {
        RateSearch search = new RateSearch(GUESS, STEP);
        while (!search.done()) {
            search.report(search.target(), 1);
        }

        assertThat(search.best()).isZero();
    }

    @Test
    void aTenthOfAPercentIsTooMuch() {
        RateSearch search = new RateSearch(GUESS, STEP);

        assertThat(search.report(GUESS, 0.000_9)).isTrue();
        assertThat(search.report(GUESS * STEP, 0.001)).isFalse();
        assertThat(search.best()).isEqualTo(GUESS);
    }
}
