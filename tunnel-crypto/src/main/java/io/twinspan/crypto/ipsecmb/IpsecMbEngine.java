package io.twinspan.crypto.ipsecmb;

import io.twinspan.crypto.primitive.CipherKeys;
import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import java.util.List;

/**
 * AES-GCM by one flavour of the library. Everything else is left to the JDK's engine: what the library has for AES-CBC
 * with HMAC and for ChaCha20-Poly1305 is reached through its manager only. For one packet at a time its AES-CBC is no
 * faster than the JDK's, since both wait for one block after the other; only many packets side by side would be.
 */
public final class IpsecMbEngine implements PacketCipherEngine {
    private final String version;
    private final GcmFlavour flavour;
    private final GcmFunctions aes128;
    private final GcmFunctions aes256;

    IpsecMbEngine(String version, GcmFlavour flavour, GcmFunctions aes128, GcmFunctions aes256) {
        this.version = version;
        this.flavour = flavour;
        this.aes128 = aes128;
        this.aes256 = aes256;
    }

    /** Every flavour that this host can run, widest instructions first; none where the library is not installed. */
    public static List<IpsecMbEngine> ofThisHost() {
        return IpsecMbHost.look().engines();
    }

    /** Version of the library, for example {@code 1.3.0}. */
    public String version() {
        return version;
    }

    /** Which of the library's versions of AES-GCM this is, as its functions name it: for example {@code vaes_avx512}. */
    public String flavour() {
        return flavour.suffix();
    }

    /** True where the ciphers are the library's own and not the JDK's. */
    public boolean isNative(EncryptionAlgorithm encryption) {
        return encryption == EncryptionAlgorithm.AES_GCM_16_128 || encryption == EncryptionAlgorithm.AES_GCM_16_256;
    }

    @Override
    public PacketCipher cipher(
            EncryptionAlgorithm encryption,
            IntegrityAlgorithm integrity,
            SecretBytes encryptionKey,
            SecretBytes integrityKey) {
        CipherKeys.require(encryption, integrity, encryptionKey, integrityKey);
        return switch (encryption) {
            case AES_GCM_16_128 -> new IpsecMbGcmCipher(aes128, encryptionKey);
            case AES_GCM_16_256 -> new IpsecMbGcmCipher(aes256, encryptionKey);
            case AES_CBC_128, AES_CBC_256, CHACHA20_POLY1305 ->
                PacketCipherEngine.jdk().cipher(encryption, integrity, encryptionKey, integrityKey);
        };
    }

    @Override
    public String toString() {
        return "ipsec-mb " + version + " " + flavour.suffix();
    }
}
