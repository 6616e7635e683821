package io.twinspan.crypto.suite;

import java.util.Locale;

/** Pseudorandom functions (IKEv2 transform type 2). Sources: RFC 2104, RFC 4868, IANA "Transform Type 2". */
public enum PseudorandomFunction {
    HMAC_SHA1(2, 20),
    HMAC_SHA2_256(5, 32),
    HMAC_SHA2_384(6, 48),
    HMAC_SHA2_512(7, 64);

    private final int transformId;
    private final int outputBytes;

    PseudorandomFunction(int transformId, int outputBytes) {
        this.transformId = transformId;
        this.outputBytes = outputBytes;
    }

    /** The IANA transform id, 0..65535. */
    public int transformId() {
        return transformId;
    }

    /** Octets of output, which is also the preferred key length of an HMAC PRF (RFC 7296 section 2.13). */
    public int outputBytes() {
        return outputBytes;
    }

    /** The name used in configuration and output, for example {@code hmac-sha2-256}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
