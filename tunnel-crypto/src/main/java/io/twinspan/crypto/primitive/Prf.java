package io.twinspan.crypto.primitive;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed pseudorandom function, {@code prf(key, data)} of RFC 7296 section 2.13, which here is always an HMAC.
 *
 * <p>Keys of any length work. Not for use from two threads at once.
 */
public final class Prf {
    private static final byte[] ZERO_OCTET = {0};

    private final PseudorandomFunction function;
    private final Mac mac;

    private Prf(PseudorandomFunction function, Mac mac) {
        this.function = function;
        this.mac = mac;
    }

    /** The function under this key; the octets are copied. */
    public static Prf of(PseudorandomFunction function, byte[] key) {
        String algorithm = jcaName(function);
        // RFC 2104 section 2 pads a short key with zeros, so one zero octet is the empty key that the JCA refuses.
        byte[] usableKey = key.length == 0 ? ZERO_OCTET : key;
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(usableKey, algorithm));
            return new Prf(function, mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform cannot do " + algorithm, e);
        }
    }

    /** The function under this secret key. */
    public static Prf of(PseudorandomFunction function, SecretBytes key) {
        byte[] octets = key.expose();
        try {
            return of(function, octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** The output over the concatenation of the parts: as many octets as the function says. */
    public byte[] compute(byte[]... parts) {
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** Octets of output. */
    public int outputBytes() {
        return function.outputBytes();
    }

    private static String jcaName(PseudorandomFunction function) {
        return switch (function) {
            case HMAC_SHA1 -> "HmacSHA1";
            case HMAC_SHA2_256 -> "HmacSHA256";
            case HMAC_SHA2_384 -> "HmacSHA384";
            case HMAC_SHA2_512 -> "HmacSHA512";
        };
    }
}
