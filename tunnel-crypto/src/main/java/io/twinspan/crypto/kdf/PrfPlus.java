package io.twinspan.crypto.kdf;

import io.twinspan.crypto.primitive.Prf;
import java.util.Arrays;

/** The key stretcher {@code prf+} of RFC 7296 section 2.13. */
public final class PrfPlus {
    /** The block counter is one octet that starts at 1. */
    public static final int MAX_BLOCKS = 255;

    private PrfPlus() {}

    /**
     * {@code T1 | T2 | ...} cut to the length asked for.
     *
     * @param keyed the PRF under the key K
     * @param lengthBytes at most {@link #MAX_BLOCKS} outputs of the PRF
     * @param seed the seed S, in parts that are concatenated
     */
    public static byte[] expand(Prf keyed, int lengthBytes, byte[]... seed) {
        if (lengthBytes > MAX_BLOCKS * keyed.outputBytes()) {
            throw new IllegalArgumentException("prf+ cannot give " + lengthBytes + " octets");
        }
        byte[][] input = new byte[seed.length + 2][];
        System.arraycopy(seed, 0, input, 1, seed.length);
        byte[] previous = new byte[0];
        byte[] result = new byte[lengthBytes];
        int filled = 0;
        for (int block = 1; filled < lengthBytes; block++) {
            // RFC 7296 section 2.13: T1 = prf(K, S | 0x01), Tn = prf(K, Tn-1 | S | n).
            input[0] = previous;
            input[seed.length + 1] = new byte[] {(byte) block};
            byte[] output = keyed.compute(input);
            int wanted = Math.min(output.length, lengthBytes - filled);
            System.arraycopy(output, 0, result, filled, wanted);
            filled += wanted;
            Arrays.fill(previous, (byte) 0);
            previous = output;
        }
        Arrays.fill(previous, (byte) 0);
        return result;
    }
}
