package io.twinspan.crypto.primitive;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import java.security.GeneralSecurityException;

/** Packet ciphers of the JDK's SunJCE provider, asked for by name because their in-place behaviour is relied on. */
final class JdkPacketCipherEngine implements PacketCipherEngine {
    static final JdkPacketCipherEngine INSTANCE = new JdkPacketCipherEngine();

    static final String PROVIDER = "SunJCE";

    private JdkPacketCipherEngine() {}

    @Override
    public PacketCipher cipher(
            EncryptionAlgorithm encryption,
            IntegrityAlgorithm integrity,
            SecretBytes encryptionKey,
            SecretBytes integrityKey) {
        CipherKeys.require(encryption, integrity, encryptionKey, integrityKey);
        try {
            return encryption.isAead()
                    ? new AeadPacketCipher(encryption, encryptionKey)
                    : new CbcHmacPacketCipher(encryption, integrity, encryptionKey, integrityKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(PROVIDER + " cannot do " + encryption.label(), e);
        }
    }

    @Override
    public String toString() {
        return "jdk";
    }
}
