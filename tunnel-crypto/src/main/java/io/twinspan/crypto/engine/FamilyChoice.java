package io.twinspan.crypto.engine;

import java.util.List;

/** The engine taken for one family of ciphers, what it measured, and those that were not taken. */
public record FamilyChoice(CipherFamily family, EngineName engine, CipherSpeed speed, List<PassedOver> others) {
    public FamilyChoice {
        others = List.copyOf(others);
    }
}
