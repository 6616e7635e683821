package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class GeneratedSectionTest {
    private static final String FIRST = GeneratedSection.BEGIN + "\n\nold\n\n" + GeneratedSection.END;
    private static final String SECOND = GeneratedSection.BEGIN + "\n\nnew\n\n" + GeneratedSection.END;

    @Test
    void whatPeopleWroteAroundItStays() {
        assertThat(GeneratedSection.replace("# Title\n\n" + FIRST + "\n\nThoughts.\n", "new\n"))
                .isEqualTo("# Title\n\n" + SECOND + "\n\nThoughts.\n");
    }

    @Test
    void withoutMarksItComesAtTheEnd() {
        assertThat(GeneratedSection.replace("# Title\n", "new")).isEqualTo("# Title\n\n" + SECOND + "\n");
        assertThat(GeneratedSection.replace("", "new")).isEqualTo(SECOND + "\n");
    }

    @Test
    void loneMarksAreRefused() {
        assertThatThrownBy(() -> GeneratedSection.replace(GeneratedSection.BEGIN, "new"))
                .isInstanceOf(BenchException.class);
        assertThatThrownBy(() -> GeneratedSection.replace(GeneratedSection.END + GeneratedSection.BEGIN, "new"))
                .isInstanceOf(BenchException.class);
    }
}
