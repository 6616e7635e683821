package io.twinspan.crypto.engine;

import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import java.util.List;

/**
 * The outcome of choosing.
 *
 * @param engine makes each cipher by the engine that was taken for its family
 * @param families one entry for each family, in the enum's order
 */
public record EngineChoice(EngineWish wish, PacketCipherEngine engine, List<FamilyChoice> families) {
    public EngineChoice {
        families = List.copyOf(families);
    }

    /** The engine taken for an algorithm. */
    public EngineName engineOf(EncryptionAlgorithm algorithm) {
        CipherFamily family = CipherFamily.of(algorithm);
        return families.stream()
                .filter(choice -> choice.family() == family)
                .findFirst()
                .orElseThrow()
                .engine();
    }
}
