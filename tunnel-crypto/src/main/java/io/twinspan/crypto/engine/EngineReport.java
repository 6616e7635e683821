package io.twinspan.crypto.engine;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import java.util.List;

/**
 * Which engines were taken and why, for displays.
 *
 * @param families one entry for each family, in the enum's order
 */
public record EngineReport(EngineWish wish, List<FamilyChoice> families) {
    public EngineReport {
        families = List.copyOf(families);
    }

    /** The choice for one family. */
    public FamilyChoice of(CipherFamily family) {
        return families.stream()
                .filter(choice -> choice.family() == family)
                .findFirst()
                .orElseThrow();
    }

    /** The engine taken for an algorithm. */
    public EngineName engineOf(EncryptionAlgorithm algorithm) {
        return of(CipherFamily.of(algorithm)).engine();
    }
}
