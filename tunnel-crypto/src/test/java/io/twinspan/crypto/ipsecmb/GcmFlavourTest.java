package io.twinspan.crypto.ipsecmb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GcmFlavourTest {
    private static final String WESTMERE = "fpu sse sse2 ssse3 sse4_1 sse4_2 pclmulqdq aes";
    private static final String HASWELL = WESTMERE + " avx avx2 bmi1 bmi2";
    private static final String ZEN3 = HASWELL + " vaes vpclmulqdq sha_ni";
    private static final String ZEN4 = ZEN3 + " avx512f avx512dq avx512cd avx512bw avx512vl gfni";

    @Test
    void aProcessorGetsTheWidestInstructionsThatItHas() {
        assertThat(flavours(ZEN4)).startsWith(GcmFlavour.VAES_AVX512, GcmFlavour.VAES_AVX2);
        assertThat(flavours(ZEN3))
                .containsExactly(GcmFlavour.VAES_AVX2, GcmFlavour.AVX_GEN4, GcmFlavour.AVX_GEN2, GcmFlavour.SSE);
        assertThat(flavours(HASWELL)).containsExactly(GcmFlavour.AVX_GEN4, GcmFlavour.AVX_GEN2, GcmFlavour.SSE);
        assertThat(flavours(WESTMERE)).containsExactly(GcmFlavour.SSE);
    }

    @Test
    void withoutAesInstructionsThereIsNone() {
        assertThat(flavours(ZEN4.replace(" aes", ""))).isEmpty();
        assertThat(flavours(ZEN4.replace("pclmulqdq aes", "aes"))).isEmpty();
        assertThat(flavours("")).isEmpty();
    }

    @Test
    void eachInstructionOfAFlavourIsAskedFor() {
        for (String instruction : "avx512f avx512dq avx512cd avx512bw avx512vl vaes vpclmulqdq bmi2".split(" ", -1)) {
            assertThat(flavours(ZEN4.replace(" " + instruction, ""))).doesNotContain(GcmFlavour.VAES_AVX512);
        }
        for (String instruction : "avx2 vaes vpclmulqdq bmi1 bmi2".split(" ", -1)) {
            assertThat(flavours(ZEN3.replace(" " + instruction, ""))).doesNotContain(GcmFlavour.VAES_AVX2);
        }
    }

    @Test
    void flagsAreReadFromTheFirstProcessor() {
        CpuFlags flags = CpuFlags.parse(List.of(
                "processor\t: 0", "model name\t: aes", "flags\t\t: fpu  aes avx", "processor\t: 1", "flags\t: x"));
        assertThat(flags.names()).containsExactlyInAnyOrder("fpu", "aes", "avx");
        assertThat(flags.hasAll("aes avx")).isTrue();
        assertThat(flags.hasAll("aes x")).isFalse();
        assertThat(CpuFlags.parse(List.of("Features\t: fp asimd aes")).names()).isEmpty();
    }

    private static List<GcmFlavour> flavours(String flags) {
        CpuFlags cpu = CpuFlags.parse(List.of("flags\t\t: " + flags));
        return Arrays.stream(GcmFlavour.values())
                .filter(flavour -> flavour.runsOn(cpu))
                .toList();
    }
}
