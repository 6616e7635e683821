package io.twinspan.crypto.engine;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Ciphers that are one piece of code but for the length of the key, and so are chosen together. */
public enum CipherFamily {
    AES_GCM,
    AES_CBC,
    CHACHA20_POLY1305;

    /** The family of an algorithm. */
    public static CipherFamily of(EncryptionAlgorithm algorithm) {
        return switch (algorithm) {
            case AES_GCM_16_128, AES_GCM_16_256 -> AES_GCM;
            case AES_CBC_128, AES_CBC_256 -> AES_CBC;
            case CHACHA20_POLY1305 -> CHACHA20_POLY1305;
        };
    }

    /** The algorithms of this family, that with the longest key last. */
    public List<EncryptionAlgorithm> members() {
        return Arrays.stream(EncryptionAlgorithm.values())
                .filter(algorithm -> of(algorithm) == this)
                .toList();
    }

    /** The name in output, for example {@code aes-gcm}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
