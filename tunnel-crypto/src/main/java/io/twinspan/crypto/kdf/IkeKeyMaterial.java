package io.twinspan.crypto.kdf;

import io.twinspan.crypto.primitive.Prf;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IkeSuite;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The seven keys of an IKE SA (RFC 7296 section 2.14). "Initiator" is whoever began the exchange that made this SA.
 *
 * @param skD derives the keys of child SAs and of the IKE SA that replaces this one
 * @param skAi integrity of what the initiator sends; zero octets long for an AEAD cipher
 * @param skAr integrity of what the responder sends; zero octets long for an AEAD cipher
 * @param skEi encryption of what the initiator sends: cipher key, then the salt where the cipher has one (RFC 5282)
 * @param skEr encryption of what the responder sends, in the same form
 * @param skPi goes into the initiator's AUTH payload
 * @param skPr goes into the responder's AUTH payload
 */
public record IkeKeyMaterial(
        SecretBytes skD,
        SecretBytes skAi,
        SecretBytes skAr,
        SecretBytes skEi,
        SecretBytes skEr,
        SecretBytes skPi,
        SecretBytes skPr) {
    /** Keys after IKE_SA_INIT: {@code SKEYSEED = prf(Ni | Nr, g^ir)}. Nonces are the payloads' data. */
    public static IkeKeyMaterial first(
            IkeSuite suite, SecretBytes sharedSecret, byte[] nonceI, byte[] nonceR, long spiI, long spiR) {
        byte[] skeyseed = firstSkeyseed(suite.pseudorandomFunction(), sharedSecret, nonceI, nonceR);
        return expand(suite, skeyseed, nonceI, nonceR, spiI, spiR);
    }

    /**
     * Keys after an IKE rekey: {@code SKEYSEED = prf(SK_d (old), g^ir (new) | Ni | Nr)} with the old SA's PRF, everything
     * after it with the new SA's (RFC 7296 section 2.18).
     *
     * @param suite the new SA's algorithms
     * @param oldFunction the PRF that was negotiated for the old SA
     * @param oldSkD SK_d of the old SA
     * @param spiI the new SPI of the rekey's initiator
     * @param spiR the new SPI of the rekey's responder
     */
    public static IkeKeyMaterial rekeyed(
            IkeSuite suite,
            PseudorandomFunction oldFunction,
            SecretBytes oldSkD,
            SecretBytes sharedSecret,
            byte[] nonceI,
            byte[] nonceR,
            long spiI,
            long spiR) {
        byte[] skeyseed = rekeyedSkeyseed(oldFunction, oldSkD, sharedSecret, nonceI, nonceR);
        return expand(suite, skeyseed, nonceI, nonceR, spiI, spiR);
    }

    /** Zeroes all seven keys. */
    public void destroy() {
        skD.destroy();
        skAi.destroy();
        skAr.destroy();
        skEi.destroy();
        skEr.destroy();
        skPi.destroy();
        skPr.destroy();
    }

    static byte[] firstSkeyseed(PseudorandomFunction function, SecretBytes sharedSecret, byte[] nonceI, byte[] nonceR) {
        byte[] key = Arrays.copyOf(nonceI, nonceI.length + nonceR.length);
        System.arraycopy(nonceR, 0, key, nonceI.length, nonceR.length);
        byte[] shared = sharedSecret.expose();
        byte[] skeyseed = Prf.of(function, key).compute(shared);
        Arrays.fill(shared, (byte) 0);
        return skeyseed;
    }

    static byte[] rekeyedSkeyseed(
            PseudorandomFunction oldFunction,
            SecretBytes oldSkD,
            SecretBytes sharedSecret,
            byte[] nonceI,
            byte[] nonceR) {
        byte[] shared = sharedSecret.expose();
        byte[] skeyseed = Prf.of(oldFunction, oldSkD).compute(shared, nonceI, nonceR);
        Arrays.fill(shared, (byte) 0);
        return skeyseed;
    }

    private static IkeKeyMaterial expand(
            IkeSuite suite, byte[] skeyseed, byte[] nonceI, byte[] nonceR, long spiI, long spiR) {
        EncryptionAlgorithm cipher = suite.encryption();
        // RFC 5282 section 7.1: an AEAD cipher takes key and salt together as SK_e, and there is no SK_a.
        int encryptionBytes = cipher.keyBytes() + cipher.saltBytes();
        int integrityBytes = suite.integrity().keyBytes();
        int prfBytes = suite.pseudorandomFunction().outputBytes();
        int total = 3 * prfBytes + 2 * (encryptionBytes + integrityBytes);
        byte[] spis =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(spiI).putLong(spiR).array();
        Prf keyed = Prf.of(suite.pseudorandomFunction(), skeyseed);
        Arrays.fill(skeyseed, (byte) 0);
        // RFC 7296 section 2.14: {SK_d | SK_ai | SK_ar | SK_ei | SK_er | SK_pi | SK_pr}, taken in this order.
        KeyCutter cutter = new KeyCutter(PrfPlus.expand(keyed, total, nonceI, nonceR, spis));
        IkeKeyMaterial keys = new IkeKeyMaterial(
                cutter.take(prfBytes),
                cutter.take(integrityBytes),
                cutter.take(integrityBytes),
                cutter.take(encryptionBytes),
                cutter.take(encryptionBytes),
                cutter.take(prfBytes),
                cutter.take(prfBytes));
        cutter.finish();
        return keys;
    }
}
