package io.twinspan.crypto.secret;

/** Where randomness comes from: the secure generator in the shell, a seeded one in simulation. */
@FunctionalInterface
public interface EntropySource {
    /** Fills the array with random octets. */
    void nextBytes(byte[] target);

    /** A fresh array of random octets. */
    default byte[] bytes(int count) {
        byte[] result = new byte[count];
        nextBytes(result);
        return result;
    }

    /** 64 random bits. */
    default long nextLong() {
        long value = 0;
        for (byte octet : bytes(8)) {
            value = value << 8 | (octet & 0xff);
        }
        return value;
    }

    /** A uniform number in {@code [0, bound)}, for jitter; {@code bound} must be positive. */
    default long nextBelow(long bound) {
        return Math.floorMod(nextLong(), bound);
    }
}
