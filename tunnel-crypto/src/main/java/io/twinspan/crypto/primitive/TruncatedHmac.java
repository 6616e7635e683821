package io.twinspan.crypto.primitive;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * The integrity algorithms of ESP and IKEv2: an HMAC of which the first octets are sent (RFC 2404, RFC 4868 section 2). One
 * key, reused object, no allocation per packet.
 */
final class TruncatedHmac {
    private final ErasableKey key;
    private final Mac mac;
    private final int icvBytes;
    private final byte[] output;

    TruncatedHmac(IntegrityAlgorithm integrity, SecretBytes secret) throws GeneralSecurityException {
        String name = macName(integrity);
        key = new ErasableKey(name, secret, secret.length());
        mac = Mac.getInstance(name, JdkPacketCipherEngine.PROVIDER);
        mac.init(key);
        output = new byte[mac.getMacLength()];
        icvBytes = integrity.icvBytes();
    }

    private static String macName(IntegrityAlgorithm integrity) {
        return switch (integrity) {
            case NONE -> throw new IllegalArgumentException("no HMAC without an integrity algorithm");
            case HMAC_SHA1_96 -> "HmacSHA1";
            case HMAC_SHA2_256_128 -> "HmacSHA256";
            case HMAC_SHA2_384_192 -> "HmacSHA384";
            case HMAC_SHA2_512_256 -> "HmacSHA512";
        };
    }

    int icvBytes() {
        return icvBytes;
    }

    void update(byte[] data, int offset, int length) {
        mac.update(data, offset, length);
    }

    /** Ends the packet and writes its ICV. */
    void write(byte[] target, int offset) throws ShortBufferException {
        mac.doFinal(output, 0);
        System.arraycopy(output, 0, target, offset, icvBytes);
    }

    /** Ends the packet and compares its ICV without an early exit, so that timing does not tell where they differ. */
    boolean matches(byte[] received, int offset) throws ShortBufferException {
        mac.doFinal(output, 0);
        int difference = 0;
        for (int i = 0; i < icvBytes; i++) {
            difference |= output[i] ^ received[offset + i];
        }
        return difference == 0;
    }

    /** Overwrites the key here and in the provider with zeros. */
    void destroy() {
        key.destroy();
        try {
            mac.init(key);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
