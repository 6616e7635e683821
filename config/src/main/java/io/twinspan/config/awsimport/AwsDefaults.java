package io.twinspan.config.awsimport;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * AWS's tunnel options: what each stands at where the JSON is silent, and AWS's names for algorithms, the one we want most
 * first. Checked against the EC2 API and the Site-to-Site VPN user guide in November 2026.
 */
final class AwsDefaults {
    static final String AS_OF = "AWS default of 2026-11";
    static final int PHASE1_LIFETIME_SECONDS = 28_800;
    static final int PHASE2_LIFETIME_SECONDS = 3_600;
    static final int REKEY_MARGIN_SECONDS = 270;
    static final int REKEY_FUZZ_PERCENT = 100;
    static final int REPLAY_WINDOW_PACKETS = 1_024;

    /** The lower of the two that AWS documents. */
    static final int DPD_TIMEOUT_SECONDS = 30;

    static final Map<String, EncryptionAlgorithm> ENCRYPTION = encryption();
    static final Map<String, IntegrityAlgorithm> INTEGRITY = integrity();
    static final Map<String, PseudorandomFunction> PRFS = prfs();
    static final Map<String, KeyExchangeMethod> GROUPS = groups();

    private AwsDefaults() {}

    private static Map<String, EncryptionAlgorithm> encryption() {
        Map<String, EncryptionAlgorithm> names = new LinkedHashMap<>();
        names.put("AES256-GCM-16", EncryptionAlgorithm.AES_GCM_16_256);
        names.put("AES128-GCM-16", EncryptionAlgorithm.AES_GCM_16_128);
        names.put("AES256", EncryptionAlgorithm.AES_CBC_256);
        names.put("AES128", EncryptionAlgorithm.AES_CBC_128);
        return Collections.unmodifiableMap(names);
    }

    private static Map<String, IntegrityAlgorithm> integrity() {
        Map<String, IntegrityAlgorithm> names = new LinkedHashMap<>();
        names.put("SHA2-384", IntegrityAlgorithm.HMAC_SHA2_384_192);
        names.put("SHA2-256", IntegrityAlgorithm.HMAC_SHA2_256_128);
        names.put("SHA2-512", IntegrityAlgorithm.HMAC_SHA2_512_256);
        names.put("SHA1", IntegrityAlgorithm.HMAC_SHA1_96);
        return Collections.unmodifiableMap(names);
    }

    /** AWS has no list of PRFs: the hash of the phase-1 integrity list is meant, with GCM as well. */
    private static Map<String, PseudorandomFunction> prfs() {
        Map<String, PseudorandomFunction> names = new LinkedHashMap<>();
        names.put("SHA2-384", PseudorandomFunction.HMAC_SHA2_384);
        names.put("SHA2-256", PseudorandomFunction.HMAC_SHA2_256);
        names.put("SHA2-512", PseudorandomFunction.HMAC_SHA2_512);
        names.put("SHA1", PseudorandomFunction.HMAC_SHA1);
        return Collections.unmodifiableMap(names);
    }

    /** Elliptic curves first, then by strength; what RFC 8247 advises against comes last. */
    private static Map<String, KeyExchangeMethod> groups() {
        Map<String, KeyExchangeMethod> names = new LinkedHashMap<>();
        for (KeyExchangeMethod method : new KeyExchangeMethod[] {
            KeyExchangeMethod.ECP_384,
            KeyExchangeMethod.ECP_256,
            KeyExchangeMethod.ECP_521,
            KeyExchangeMethod.MODP_4096,
            KeyExchangeMethod.MODP_3072,
            KeyExchangeMethod.MODP_2048,
            KeyExchangeMethod.MODP_6144,
            KeyExchangeMethod.MODP_8192,
            KeyExchangeMethod.MODP_2048_256,
            KeyExchangeMethod.MODP_2048_224,
            KeyExchangeMethod.MODP_1536,
            KeyExchangeMethod.MODP_1024,
            KeyExchangeMethod.MODP_1024_160
        }) {
            names.put(method.label(), method);
        }
        return Collections.unmodifiableMap(names);
    }
}
