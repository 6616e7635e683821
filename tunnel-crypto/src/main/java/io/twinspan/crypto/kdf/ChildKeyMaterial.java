package io.twinspan.crypto.kdf;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.primitive.Prf;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.util.Arrays;

/**
 * The keys of a child SA in both directions (RFC 7296 section 2.17). "Initiator" is whoever began the exchange that made
 * the child, which need not be the initiator of the IKE SA.
 *
 * @param initiatorToResponder keys for packets that the exchange's initiator sends
 * @param responderToInitiator keys for packets that the exchange's responder sends
 */
public record ChildKeyMaterial(EspKeys initiatorToResponder, EspKeys responderToInitiator) {
    /** {@code KEYMAT = prf+(SK_d, Ni | Nr)}: the first child, or a later one without a key exchange of its own. */
    public static ChildKeyMaterial withoutPfs(
            EspSuite suite, PseudorandomFunction function, SecretBytes skD, byte[] nonceI, byte[] nonceR) {
        return derive(suite, Prf.of(function, skD), nonceI, nonceR);
    }

    /** {@code KEYMAT = prf+(SK_d, g^ir (new) | Ni | Nr)}: a child with a key exchange of its own. */
    public static ChildKeyMaterial withPfs(
            EspSuite suite,
            PseudorandomFunction function,
            SecretBytes skD,
            SecretBytes sharedSecret,
            byte[] nonceI,
            byte[] nonceR) {
        byte[] shared = sharedSecret.expose();
        ChildKeyMaterial keys = derive(suite, Prf.of(function, skD), shared, nonceI, nonceR);
        Arrays.fill(shared, (byte) 0);
        return keys;
    }

    private static ChildKeyMaterial derive(EspSuite suite, Prf keyed, byte[]... seed) {
        int encryptionBytes = suite.encryption().keyBytes() + suite.encryption().saltBytes();
        int integrityBytes = suite.integrity().keyBytes();
        byte[] keymat = PrfPlus.expand(keyed, 2 * (encryptionBytes + integrityBytes), seed);
        KeyCutter cutter = new KeyCutter(keymat);
        // RFC 7296 section 2.17: initiator to responder first, and within a direction encryption before integrity.
        EspKeys fromInitiator = new EspKeys(cutter.take(encryptionBytes), cutter.take(integrityBytes));
        EspKeys fromResponder = new EspKeys(cutter.take(encryptionBytes), cutter.take(integrityBytes));
        cutter.finish();
        return new ChildKeyMaterial(fromInitiator, fromResponder);
    }
}
