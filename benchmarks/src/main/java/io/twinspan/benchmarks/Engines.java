package io.twinspan.benchmarks;

import io.twinspan.crypto.ipsecmb.IpsecMbEngine;
import io.twinspan.crypto.primitive.PacketCipherEngine;

/** Crypto engines by the names that commands take. */
public final class Engines {
    private static final String IPSEC_MB = "ipsec-mb";

    private Engines() {}

    /**
     * The engine of a name: {@code jdk}; {@code ipsec-mb}, or with a slash and the name of one of its flavours;
     * {@code none}, which seals and opens nothing at all, so that what is left is the cost of everything but the cipher.
     *
     * @throws IllegalArgumentException where there is no such engine here
     */
    public static PacketCipherEngine named(String name) {
        return switch (name) {
            case "jdk" -> PacketCipherEngine.jdk();
            case "none" -> (encryption, integrity, encryptionKey, integrityKey) -> new NoCipher(encryption, integrity);
            default -> ipsecMb(name);
        };
    }

    private static PacketCipherEngine ipsecMb(String name) {
        return IpsecMbEngine.ofThisHost().stream()
                .filter(engine -> name.equals(IPSEC_MB) || name.equals(IPSEC_MB + "/" + engine.flavour()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no engine is called " + name
                        + " here; there are jdk, none and " + IpsecMbEngine.ofThisHost()));
    }
}
