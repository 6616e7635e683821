package io.twinspan.crypto.suite;

/**
 * Key exchange methods (IKEv2 transform type 4).
 *
 * <p>Sources: RFC 7296 appendix B (2), RFC 3526 (5, 14-18), RFC 5903 (19-21), RFC 5114 (22-24), RFC 8031 (31).
 */
public enum KeyExchangeMethod {
    MODP_1024(2, 128),
    MODP_1536(5, 192),
    MODP_2048(14, 256),
    MODP_3072(15, 384),
    MODP_4096(16, 512),
    MODP_6144(17, 768),
    MODP_8192(18, 1024),
    ECP_256(19, 64),
    ECP_384(20, 96),
    ECP_521(21, 132),
    MODP_1024_160(22, 128),
    MODP_2048_224(23, 256),
    MODP_2048_256(24, 256),
    CURVE25519(31, 32);

    private final int transformId;
    private final int publicValueBytes;

    KeyExchangeMethod(int transformId, int publicValueBytes) {
        this.transformId = transformId;
        this.publicValueBytes = publicValueBytes;
    }

    /** The IANA transform id ("group number"), 0..65535. */
    public int transformId() {
        return transformId;
    }

    /** The one length in octets that key exchange data of this method may have. */
    public int publicValueBytes() {
        return publicValueBytes;
    }

    /** The name used in configuration and output: the group number. */
    public String label() {
        return Integer.toString(transformId);
    }
}
