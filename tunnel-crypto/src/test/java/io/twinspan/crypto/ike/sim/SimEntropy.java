package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.secret.EntropySource;
import java.util.SplittableRandom;

/**
 * Seeded randomness. A test may choose the first octet of whatever is drawn next in lengths of a nonce, so that it
 * decides who wins a collision (RFC 7296 section 2.8.1).
 */
public final class SimEntropy implements EntropySource {
    private static final int SHORTEST_NONCE = 16;
    private final SplittableRandom random;
    private int firstOctet = -1;

    /** The same seed gives the same octets. */
    public SimEntropy(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Until the next call, everything of 16 octets or more starts with this octet. */
    public void firstOctetOfNonces(int octet) {
        firstOctet = octet;
    }

    /** Back to plain randomness. */
    public void freeNonces() {
        firstOctet = -1;
    }

    @Override
    public void nextBytes(byte[] target) {
        random.nextBytes(target);
        if (firstOctet >= 0 && target.length >= SHORTEST_NONCE) {
            target[0] = (byte) firstOctet;
        }
    }
}
