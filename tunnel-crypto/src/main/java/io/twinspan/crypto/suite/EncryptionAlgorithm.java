package io.twinspan.crypto.suite;

import java.util.Locale;

/**
 * Encryption algorithms (IKEv2 transform type 1) that AWS and its neighbours speak.
 *
 * <p>Sources: RFC 3602 (CBC), RFC 4106 and 5282 (GCM), RFC 7634 (ChaCha20-Poly1305), IANA "Transform Type 1".
 */
public enum EncryptionAlgorithm {
    AES_CBC_128(12, 128, 16, 0, 16, 16, 0),
    AES_CBC_256(12, 256, 32, 0, 16, 16, 0),
    AES_GCM_16_128(20, 128, 16, 4, 8, 4, 16),
    AES_GCM_16_256(20, 256, 32, 4, 8, 4, 16),
    CHACHA20_POLY1305(28, 0, 32, 4, 8, 4, 16);

    private final int transformId;
    private final int keyLengthAttributeBits;
    private final int keyBytes;
    private final int saltBytes;
    private final int ivBytes;
    private final int alignmentBytes;
    private final int icvBytes;

    EncryptionAlgorithm(
            int transformId,
            int keyLengthAttributeBits,
            int keyBytes,
            int saltBytes,
            int ivBytes,
            int alignmentBytes,
            int icvBytes) {
        this.transformId = transformId;
        this.keyLengthAttributeBits = keyLengthAttributeBits;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.ivBytes = ivBytes;
        this.alignmentBytes = alignmentBytes;
        this.icvBytes = icvBytes;
    }

    /** The IANA transform id, 0..65535. */
    public int transformId() {
        return transformId;
    }

    /** Value of the Key Length attribute in bits, or 0 where the attribute must be absent (RFC 7296 section 3.3.5). */
    public int keyLengthAttributeBits() {
        return keyLengthAttributeBits;
    }

    /** Octets of cipher key, without the salt. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Octets of salt that follow the key in key material and lead every nonce; 0 for CBC. */
    public int saltBytes() {
        return saltBytes;
    }

    /** Octets of initialization vector on the wire. */
    public int ivBytes() {
        return ivBytes;
    }

    /** What payload plus ESP trailer is padded to, in octets (cipher block or the 4 of RFC 4303 section 2.4). */
    public int alignmentBytes() {
        return alignmentBytes;
    }

    /** Octets of integrity check value that the cipher itself makes; 0 for CBC. */
    public int icvBytes() {
        return icvBytes;
    }

    /** True where the cipher authenticates too (RFC 5282), so that no integrity transform goes with it. */
    public boolean isAead() {
        return icvBytes > 0;
    }

    /** The name used in configuration and output, for example {@code aes-gcm-16-256}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
