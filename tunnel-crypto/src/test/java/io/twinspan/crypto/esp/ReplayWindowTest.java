package io.twinspan.crypto.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinspan.crypto.vectors.VectorFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class ReplayWindowTest {
    /** RFC 4303 section 3.4.3 word for word: everything ever seen, and the highest of it. */
    private static final class NaiveWindow {
        private final Set<Long> seen = new HashSet<>();
        private final int size;
        private long highest;

        NaiveWindow(int size, long highest) {
            this.size = size;
            this.highest = highest;
            this.seen.add(highest);
        }

        boolean accepts(long sequence) {
            return sequence > 0 && sequence > highest - size && !seen.contains(sequence);
        }

        void mark(long sequence) {
            seen.add(sequence);
            highest = Math.max(highest, sequence);
        }
    }

    static Stream<JsonNode> table() {
        return VectorFile.tests("replay/window.json");
    }

    @ParameterizedTest
    @MethodSource("table")
    void answersAsTheTableSays(JsonNode test) {
        ReplayWindow window = new ReplayWindow(test.get("window").asInt());
        for (JsonNode step : test.get("steps")) {
            long sequence = step.get(0).asLong();
            assertThat(window.precheck(sequence))
                    .as("%s at %d", VectorFile.text(test, "id"), sequence)
                    .isEqualTo(step.get(1).asBoolean());
            // A packet with a bad ICV is prechecked too and then not marked: it must change no later answer.
            window.precheck(sequence + 1000);
            if (step.get(1).asBoolean()) {
                window.mark(sequence);
            }
        }
    }

    @Provide
    Arbitrary<List<Integer>> walks() {
        Arbitrary<Integer> step = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, Arbitraries.integers().between(-70, 70)),
                net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(-4200, 4200)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, Integer.MAX_VALUE)));
        return step.list().ofMaxSize(300);
    }

    @Property(tries = 400)
    void equalsANaiveSetOfNumbers(
            @ForAll @IntRange(min = 32, max = 4096) int size,
            @ForAll @LongRange(min = 1, max = 1L << 40) long start,
            @ForAll("walks") List<Integer> walk) {
        ReplayWindow window = new ReplayWindow(size);
        window.mark(start);
        NaiveWindow naive = new NaiveWindow(size, start);
        for (int step : walk) {
            long sequence = Math.max(0, naive.highest + step);
            assertThat(window.precheck(sequence)).isEqualTo(naive.accepts(sequence));
            if (naive.accepts(sequence)) {
                window.mark(sequence);
                naive.mark(sequence);
            }
            assertThat(window.highest()).isEqualTo(naive.highest);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 33, 63, 64, 65, 127, 128, 1000, 1024, 4095, 4096})
    void e21_theEdgeIsAcceptedAndOnePastItRefused(int size) {
        for (long highest = 5000; highest < 5130; highest++) {
            ReplayWindow window = new ReplayWindow(size);
            window.mark(highest);
            assertThat(window.precheck(highest - size + 1)).isTrue();
            assertThat(window.precheck(highest - size)).isFalse();
            assertThat(window.isBeforeWindow(highest - size)).isTrue();
            assertThat(window.isBeforeWindow(highest - size + 1)).isFalse();
            window.mark(highest - size + 1);
            assertThat(window.precheck(highest - size + 1)).isFalse();
            assertThat(window.highest()).isEqualTo(highest);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1024, 1025, 4096, 1L << 31, (1L << 32) - 2, 1L << 40})
    void e21_aJumpForgetsWhatLiesBeforeTheNewWindow(long jump) {
        ReplayWindow window = new ReplayWindow(1024);
        for (long sequence = 1; sequence <= 2000; sequence++) {
            window.mark(sequence);
        }
        long highest = 2000 + jump;
        window.mark(highest);
        for (long sequence = Math.max(2001, highest - 1023); sequence < highest; sequence++) {
            assertThat(window.precheck(sequence)).isTrue();
        }
        assertThat(window.precheck(highest)).isFalse();
        assertThat(window.precheck(2000)).isFalse();
    }

    @Test
    void numberZeroIsNeverAccepted() {
        ReplayWindow window = new ReplayWindow(64);
        assertThat(window.precheck(0)).isFalse();
        window.mark(3);
        assertThat(window.precheck(0)).isFalse();
        assertThat(window.precheck(1)).isTrue();
    }

    @Test
    void numbersAreUnsigned() {
        ReplayWindow window = new ReplayWindow(64);
        window.mark(Long.MAX_VALUE);
        assertThat(window.precheck(Long.MIN_VALUE)).isTrue();
        window.mark(-1);
        assertThat(window.highest()).isEqualTo(-1);
        assertThat(window.precheck(-64)).isTrue();
        assertThat(window.precheck(-65)).isFalse();
        assertThat(window.precheck(1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 31, 4097, Integer.MAX_VALUE})
    void refusesOtherSizes(int size) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ReplayWindow(size));
    }
}
