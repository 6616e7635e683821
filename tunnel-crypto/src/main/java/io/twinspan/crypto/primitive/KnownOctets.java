package io.twinspan.crypto.primitive;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** What the known answers are made from: octets that count up, and a digest that stands for a long answer. */
final class KnownOctets {
    private KnownOctets() {}

    /** The octets 1, 2, 3, … */
    static byte[] counting(int count) {
        byte[] result = new byte[count];
        for (int i = 0; i < count; i++) {
            result[i] = (byte) (i + 1);
        }
        return result;
    }

    /** SHA-256 over both, in hexadecimal. */
    static String digest(byte[] first, byte[] second) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(first);
            return HexFormat.of().formatHex(sha256.digest(second));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform cannot do SHA-256", e);
        }
    }
}
