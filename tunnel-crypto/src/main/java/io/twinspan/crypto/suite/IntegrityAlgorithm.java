package io.twinspan.crypto.suite;

import java.util.Locale;

/** Integrity algorithms (IKEv2 transform type 3). Sources: RFC 2404, RFC 4868, IANA "Transform Type 3". */
public enum IntegrityAlgorithm {
    /** No separate integrity: only ever together with an AEAD cipher. */
    NONE(0, 0, 0),
    HMAC_SHA1_96(2, 20, 12),
    HMAC_SHA2_256_128(12, 32, 16),
    HMAC_SHA2_384_192(13, 48, 24),
    HMAC_SHA2_512_256(14, 64, 32);

    private final int transformId;
    private final int keyBytes;
    private final int icvBytes;

    IntegrityAlgorithm(int transformId, int keyBytes, int icvBytes) {
        this.transformId = transformId;
        this.keyBytes = keyBytes;
        this.icvBytes = icvBytes;
    }

    /** The IANA transform id, 0..65535. */
    public int transformId() {
        return transformId;
    }

    /** Octets of key, which for each of these is the output length of the hash. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Octets of truncated check value on the wire. */
    public int icvBytes() {
        return icvBytes;
    }

    /** The name used in configuration and output, for example {@code hmac-sha2-256-128}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
