package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class GeneratedSectionTest {
    private static final GeneratedSection SECTION = new GeneratedSection("benchmarks/throughput");
    private static final String FIRST = SECTION.begin() + "\n\nold\n\n" + GeneratedSection.END;
    private static final String SECOND = SECTION.begin() + "\n\nnew\n\n" + GeneratedSection.END;

    @Test
    void whatPeopleWroteAroundItStays() {
        assertThat(SECTION.replace("# Title\n\n" + FIRST + "\n\nThoughts.\n", "new\n"))
                .isEqualTo("# Title\n\n" + SECOND + "\n\nThoughts.\n");
    }

    @Test
    void withoutMarksItComesAtTheEnd() {
        assertThat(SECTION.replace("# Title\n", "new")).isEqualTo("# Title\n\n" + SECOND + "\n");
        assertThat(SECTION.replace("", "new")).isEqualTo(SECOND + "\n");
    }

    @Test
    void loneMarksAreRefused() {
        assertThatThrownBy(() -> SECTION.replace(SECTION.begin(), "new")).isInstanceOf(BenchException.class);
        assertThatThrownBy(() -> SECTION.replace(GeneratedSection.END + SECTION.begin(), "new"))
                .isInstanceOf(BenchException.class);
    }
}
