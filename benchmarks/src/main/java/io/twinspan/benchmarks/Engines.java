package io.twinspan.benchmarks;

import io.twinspan.crypto.primitive.PacketCipherEngine;
import java.util.List;

/** Crypto engines by the names that commands take. */
public final class Engines {
    /** Every name, the engine that is always there first. */
    public static final List<String> NAMES = List.of("jdk", "none");

    private Engines() {}

    /**
     * The engine of a name. {@code none} seals and opens nothing at all: what is left is the cost of everything but the
     * cipher.
     *
     * @throws IllegalArgumentException where there is no such engine
     */
    public static PacketCipherEngine named(String name) {
        return switch (name) {
            case "jdk" -> PacketCipherEngine.jdk();
            case "none" -> (encryption, integrity, encryptionKey, integrityKey) -> new NoCipher(encryption, integrity);
            default -> throw new IllegalArgumentException("no engine is called " + name + "; there are " + NAMES);
        };
    }
}
