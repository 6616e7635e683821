package io.twinspan.crypto.ipsecmb;

import java.util.Locale;

/**
 * The library's versions of AES-GCM, best first. Each is the suffix of a set of exported functions, and the instructions
 * that their code consists of, which is less than the library's own dispatcher asks for.
 */
enum GcmFlavour {
    VAES_AVX512("avx512f avx512dq avx512cd avx512bw avx512vl vaes vpclmulqdq bmi2"),
    /** Since version 2.0. The library itself takes it only where there are GFNI and SHA instructions too. */
    VAES_AVX2("avx2 vaes vpclmulqdq bmi1 bmi2"),
    AVX_GEN4("avx2 bmi1 bmi2"),
    AVX_GEN2("avx"),
    SSE("sse4_2");

    /** AES and carry-less multiplication on their own: what GCM is made of. */
    private static final String ALWAYS = "aes pclmulqdq ssse3 sse4_1";

    private final String instructions;

    GcmFlavour(String instructions) {
        this.instructions = instructions;
    }

    boolean runsOn(CpuFlags cpu) {
        return cpu.hasAll(ALWAYS) && cpu.hasAll(instructions);
    }

    /** The name as the library's functions end in it, for example {@code vaes_avx512}. */
    String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
