package io.twinspan.crypto.primitive;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;

/** What every engine demands of keys before it makes a cipher. */
public final class CipherKeys {
    private CipherKeys() {}

    /**
     * Accepts the right keys and nothing else.
     *
     * @throws IllegalArgumentException where a key has the wrong length, or integrity is missing or doubled
     */
    public static void require(
            EncryptionAlgorithm encryption,
            IntegrityAlgorithm integrity,
            SecretBytes encryptionKey,
            SecretBytes integrityKey) {
        if (encryption.isAead() != (integrity == IntegrityAlgorithm.NONE)) {
            throw new IllegalArgumentException("integrity goes with CBC and only with CBC");
        }
        requireLength("encryption key", encryption.keyBytes() + encryption.saltBytes(), encryptionKey);
        requireLength("integrity key", integrity.keyBytes(), integrityKey);
    }

    private static void requireLength(String what, int expected, SecretBytes key) {
        if (key.length() != expected) {
            throw new IllegalArgumentException(what + " has " + key.length() + " octets, not " + expected);
        }
    }
}
