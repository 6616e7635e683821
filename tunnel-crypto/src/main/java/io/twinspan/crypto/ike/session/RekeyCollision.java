package io.twinspan.crypto.ike.session;

import java.util.Arrays;
import java.util.List;

/**
 * Two exchanges that made the same thing twice, one begun by each side (RFC 7296 section 2.8.1).
 *
 * <p>The SA from the exchange in which the lowest of the four nonces was used is redundant and is closed by the side that
 * began that exchange; the side that began the other one deletes what both replaced.
 */
sealed interface RekeyCollision {
    /** The peer has begun none. */
    record None() implements RekeyCollision {}

    /**
     * The peer's exchange succeeded too.
     *
     * @param newSpi our SPI of what it made: an inbound ESP SPI, or a local IKE SPI
     * @param nonces Ni and Nr of the peer's exchange
     */
    record WithPeers(long newSpi, List<byte[]> nonces) implements RekeyCollision {}

    /** True where the first exchange holds the lowest nonce, so that what it made is to be closed. */
    static boolean firstLoses(List<byte[]> first, List<byte[]> second) {
        return Arrays.compareUnsigned(lowest(first), lowest(second)) < 0;
    }

    private static byte[] lowest(List<byte[]> nonces) {
        return nonces.stream().min(Arrays::compareUnsigned).orElseThrow();
    }
}
