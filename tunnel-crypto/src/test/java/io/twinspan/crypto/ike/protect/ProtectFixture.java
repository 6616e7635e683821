package io.twinspan.crypto.ike.protect;

import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.kdf.IkeKeyMaterial;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IkeSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Two ends of one IKE SA with seeded randomness. */
record ProtectFixture(SkPayload initiator, SkPayload responder) {
    static final IkeSuite GCM = suite(EncryptionAlgorithm.AES_GCM_16_256, IntegrityAlgorithm.NONE);
    static final IkeSuite CBC = suite(EncryptionAlgorithm.AES_CBC_256, IntegrityAlgorithm.HMAC_SHA2_256_128);

    static final List<IkePayload> PAYLOADS = List.of(
            new IkePayload.IdentificationInitiator(2, "gateway.example".getBytes(StandardCharsets.US_ASCII)),
            new IkePayload.Authentication(IkePayload.Authentication.SHARED_KEY_MIC, new byte[32]),
            new IkePayload.Notify(NotifyType.INITIAL_CONTACT));

    static ProtectFixture of(IkeSuite suite) {
        EntropySource entropy = new Random(7)::nextBytes;
        IkeKeyMaterial keys = IkeKeyMaterial.first(
                suite, SecretBytes.copyOf(entropy.bytes(32)), entropy.bytes(32), entropy.bytes(32), 1, 2);
        return new ProtectFixture(
                SkPayload.forInitiator(suite, keys, entropy), SkPayload.forResponder(suite, keys, entropy));
    }

    static IkeHeader header(int messageId) {
        return IkeHeader.request(ExchangeType.IKE_AUTH, 1, 2, true, messageId);
    }

    /** Every cipher with every integrity algorithm that may go with it. */
    static List<IkeSuite> suites() {
        List<IkeSuite> suites = new ArrayList<>();
        for (EncryptionAlgorithm encryption : EncryptionAlgorithm.values()) {
            for (IntegrityAlgorithm integrity : IntegrityAlgorithm.values()) {
                if (encryption.isAead() == (integrity == IntegrityAlgorithm.NONE)) {
                    suites.add(suite(encryption, integrity));
                }
            }
        }
        return suites;
    }

    /** Payloads of about this many octets in all. */
    static List<IkePayload> large(int octets) {
        byte[] data = new byte[octets];
        new Random(octets).nextBytes(data);
        List<IkePayload> payloads = new ArrayList<>(PAYLOADS);
        payloads.add(new IkePayload.VendorId(Octets.copyOf(data)));
        return payloads;
    }

    private static IkeSuite suite(EncryptionAlgorithm encryption, IntegrityAlgorithm integrity) {
        return new IkeSuite(encryption, integrity, PseudorandomFunction.HMAC_SHA2_256, KeyExchangeMethod.ECP_256);
    }
}
