package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkdownTableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        MarkdownTable table = new MarkdownTable(List.of("gateway", "rate"))
                .row(List.of("a", "1,000"))
                .row(List.of("another one", "7"));

        assertThat(table).hasToString("""
                | gateway     | rate  |
                | ----------- | ----- |
                | a           | 1,000 |
                | another one | 7     |
                """);
    }

    @Test
    void aRowHasACellForEachColumn() {
        MarkdownTable table = new MarkdownTable(List.of("gateway", "rate"));

        assertThatThrownBy(() -> table.row(List.of("a"))).isInstanceOf(IllegalArgumentException.class);
    }
}
