package io.twinspan.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.source.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The loader ends with a verdict on any text. */
class ConfigPropertiesTest {
    @Property(tries = 400)
    void neverThrowsAndNeverStartsWithAnError(@ForAll @IntRange(min = 1, max = 8) int wounds, @ForAll long seed)
            throws IOException {
        String text = TestResources.text("good/everything.yaml");
        Random random = new Random(seed);
        for (int wound = 0; wound < wounds; wound++) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(12));
            char octet = (char) (random.nextInt(8) == 0 ? random.nextInt(0xffff) : 9 + random.nextInt(118));
            text = text.substring(0, from) + octet + text.substring(to);
        }

        LoadResult result = ConfigLoader.load("f.yaml", text, TestSecrets.good());

        boolean errors = result.problems().stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
        assertThat(result instanceof LoadResult.Invalid).isEqualTo(errors);
        assertThat(result.problems())
                .allSatisfy(problem -> assertThat(ProblemPrinter.line(problem))
                        .doesNotContain("\n")
                        .startsWith("f.yaml:"));
    }

    @Test
    void refusesDocumentsThatNestOrGrow() {
        String deep = "version: 1\nconnections: " + "[".repeat(50_000);
        String wide = "version: 1\nconnections:\n" + "  a b: 1\n".repeat(5_000);

        assertThat(ConfigLoader.load("f", deep, TestSecrets.good()).problems()).hasSizeLessThan(5);
        assertThat(ConfigLoader.load("f", wide, TestSecrets.good()).problems()).hasSizeLessThan(210);
    }

    @Test
    void refusesFilesThatAreNotText() {
        String text = new String(new byte[] {0, 1, 2, (byte) 0xff}, StandardCharsets.ISO_8859_1);

        assertThat(ConfigLoader.load("f", text, TestSecrets.good())).isInstanceOf(LoadResult.Invalid.class);
    }
}
