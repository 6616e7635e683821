package io.twinspan.crypto.primitive;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;

/**
 * Where packet ciphers come from. The JDK's own ciphers are one engine; a native library can be another, and its output
 * must be the same.
 */
@FunctionalInterface
public interface PacketCipherEngine {
    /**
     * A cipher for one key.
     *
     * @param encryptionKey cipher key followed by the salt where the cipher has one
     * @param integrityKey HMAC key; zero octets long for an AEAD cipher
     * @throws IllegalArgumentException where a key has the wrong length, or integrity is missing or doubled: no cipher
     *     without integrity can be made
     */
    PacketCipher cipher(
            EncryptionAlgorithm encryption,
            IntegrityAlgorithm integrity,
            SecretBytes encryptionKey,
            SecretBytes integrityKey);

    /** The engine that is always there: the JDK's SunJCE provider. */
    static PacketCipherEngine jdk() {
        return JdkPacketCipherEngine.INSTANCE;
    }
}
