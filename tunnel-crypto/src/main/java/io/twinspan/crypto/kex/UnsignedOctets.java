package io.twinspan.crypto.kex;

import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.secret.SecretBytes;
import java.math.BigInteger;
import java.util.Arrays;

/** Whole numbers as the fixed-length big-endian octet strings of the wire. */
final class UnsignedOctets {
    /** Octets drawn beyond the range, so that reducing leaves no bias (FIPS 186-5 appendix A.2.1). */
    private static final int EXTRA_OCTETS = 8;

    private UnsignedOctets() {}

    static BigInteger read(byte[] octets, int offset, int length) {
        return new BigInteger(1, octets, offset, length);
    }

    /** Writes the number with leading zeros into exactly the range; the number must fit. */
    static void write(BigInteger number, byte[] target, int offset, int length) {
        byte[] signed = number.toByteArray();
        int significant = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - significant, target, offset + length - significant, significant);
        Arrays.fill(signed, (byte) 0);
    }

    static byte[] of(BigInteger number, int length) {
        byte[] result = new byte[length];
        write(number, result, 0, length);
        return result;
    }

    /** A private number, as short as it can be written. */
    static SecretBytes secretOf(BigInteger number) {
        byte[] octets = number.toByteArray();
        SecretBytes secret = SecretBytes.copyOf(octets);
        Arrays.fill(octets, (byte) 0);
        return secret;
    }

    /** A uniform number in {@code [1, order - 1]}. */
    static BigInteger scalarBelow(BigInteger order, EntropySource entropy) {
        byte[] wide = entropy.bytes((order.bitLength() + 7) / 8 + EXTRA_OCTETS);
        BigInteger scalar =
                new BigInteger(1, wide).mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
        Arrays.fill(wide, (byte) 0);
        return scalar;
    }
}
