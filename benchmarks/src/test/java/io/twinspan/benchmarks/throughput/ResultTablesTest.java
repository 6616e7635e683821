package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ResultTablesTest {
    @Test
    void cellsAreMedianAndRangeAndColumnsWithoutValuesAreLeftOut() {
        Results results = new Results();
        results.add(new Results.Sample(Mode.WHOLE, "a", 1, Measure.TCP_1, 1300));
        results.add(new Results.Sample(Mode.WHOLE, "a", 2, Measure.TCP_1, 1100));
        results.add(new Results.Sample(Mode.WHOLE, "a", 3, Measure.TCP_1, 1150));
        results.add(new Results.Sample(Mode.WHOLE, "b", 1, Measure.TCP_1, 300));
        results.add(new Results.Sample(Mode.WIRE, "b", 1, Measure.TCP_4, 200));
        results.add(new Results.Sample(Mode.WHOLE, "b", 1, Measure.CPU_PER_GIB, 4.567));

        MarkdownTable table = ResultTables.of(
                results,
                Mode.WHOLE,
                List.of(candidate("a"), candidate("b")),
                List.of(Measure.TCP_1, Measure.TCP_4, Measure.CPU_PER_GIB));

        assertThat(table).hasToString("""
                | whole      | TCP 1, Mbit/s       | CPU, s/GiB |
                | ---------- | ------------------- | ---------- |
                | label of a | 1,150 (1,100-1,300) | -          |
                | label of b | 300                 | 4.57       |
                """);
    }

    private static Candidate candidate(String id) {
        return new Candidate(id, "label of " + id, Set.of(), new Routing());
    }
}
