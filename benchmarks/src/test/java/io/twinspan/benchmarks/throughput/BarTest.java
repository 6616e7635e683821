package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.benchmarks.throughput.Bar.Direction;
import io.twinspan.benchmarks.throughput.Bar.Outcome;
import io.twinspan.benchmarks.throughput.Bar.Subject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BarTest {
    private static final Subject OURS = new Subject("ours", Measure.TCP_1);
    private static final Subject SLOW = new Subject("slow", Measure.TCP_1);
    private static final Subject QUICK = new Subject("quick", Measure.TCP_1);

    private static final Path NOWHERE = Path.of("");

    private final Results results = new Results();

    @Test
    void whatMustBeHighIsComparedWithTheHighestPeer() {
        add("ours", 300);
        add("slow", 100);
        add("quick", 200);

        Optional<Outcome> outcome = bar(Direction.AT_LEAST, 1.5, SLOW, QUICK).judge(results, Mode.WIRE);

        assertThat(outcome).contains(new Outcome(300, Optional.of(QUICK), 200, new Summary(1, 1.5, 1.5, 1.5), true));
    }

    @Test
    void whatMustBeLowIsComparedWithTheLowestPeer() {
        add("ours", 130);
        add("slow", 200);
        add("quick", 100);

        Optional<Outcome> outcome = bar(Direction.AT_MOST, 1.2, SLOW, QUICK).judge(results, Mode.WIRE);

        assertThat(outcome).contains(new Outcome(130, Optional.of(QUICK), 100, new Summary(1, 1.3, 1.3, 1.3), false));
    }

    @Test
    void theRatioIsOfTheMediansAndItsRangeOfTheRounds() {
        add("ours", 100, 200, 400);
        add("slow", 100, 400, 100);

        Optional<Outcome> outcome = bar(Direction.AT_LEAST, 1.9, SLOW).judge(results, Mode.WIRE);

        assertThat(outcome).map(Outcome::ratio).contains(new Summary(3, 0.5, 2, 4));
        assertThat(outcome).map(Outcome::reached).contains(true);
    }

    @Test
    void aFigureIsComparedAsItIs() {
        add("ours", 1250);

        assertThat(bar(Direction.AT_LEAST, 1250).judge(results, Mode.WIRE))
                .map(Outcome::reached)
                .contains(true);
        assertThat(bar(Direction.AT_LEAST, 1251).judge(results, Mode.WIRE))
                .map(Outcome::reached)
                .contains(false);
    }

    @Test
    void withoutThePeerThereIsNoVerdict() {
        add("ours", 300);

        assertThat(bar(Direction.AT_LEAST, 1, SLOW).judge(results, Mode.WIRE)).isEmpty();
    }

    @Test
    void anotherModeIsAnotherMatter() {
        add("ours", 300);

        assertThat(bar(Direction.AT_LEAST, 1).judge(results, Mode.WHOLE)).isEmpty();
    }

    @Test
    void aPeerThatCarriedNothingIsNoYardstick() {
        add("ours", 300);
        add("slow", 0);

        assertThat(bar(Direction.AT_LEAST, 1, SLOW).judge(results, Mode.WIRE)).isEmpty();
    }

    @Test
    void theTableSaysWhatWasReachedAndWhatWasNotMeasured() {
        add("ours", 300, 330);
        add("slow", 100, 100);

        assertThat(BarTable.of(
                        results,
                        Mode.WIRE,
                        List.of(
                                bar(Direction.AT_LEAST, 2, SLOW),
                                bar(Direction.AT_LEAST, 4, SLOW),
                                bar(Direction.AT_MOST, 256),
                                bar(Direction.AT_LEAST, 1, QUICK))))
                .hasToString("""
                        | to reach, wire | measured | beside   | ratio            | bar             | reached      |
                        | -------------- | -------- | -------- | ---------------- | --------------- | ------------ |
                        | work           | 315      | slow 100 | 3.15 (3.00-3.30) | at least 2.00 x | yes          |
                        | work           | 315      | slow 100 | 3.15 (3.00-3.30) | at least 4.00 x | **no**       |
                        | work           | 315      | -        | -                | at most 256     | **no**       |
                        | work           | -        | -        | -                | at least 1.00 x | not measured |
                        """);
    }

    @Test
    void everyBarNamesCandidatesThatExist() {
        List<String> known = Catalogue.all(NOWHERE, NOWHERE, NOWHERE, NOWHERE).stream()
                .map(Candidate::id)
                .toList();
        for (Mode mode : Mode.values()) {
            for (Bar bar : Bars.of(mode)) {
                assertThat(known).contains(bar.subject().candidate());
                assertThat(bar.peers()).allSatisfy(peer -> assertThat(known).contains(peer.candidate()));
            }
        }
    }

    private static Bar bar(Direction direction, double limit, Subject... peers) {
        return new Bar("work", OURS, List.of(peers), direction, limit);
    }

    private void add(String candidate, double... values) {
        for (int round = 1; round <= values.length; round++) {
            results.add(new Results.Sample(Mode.WIRE, candidate, round, Measure.TCP_1, values[round - 1]));
        }
    }
}
