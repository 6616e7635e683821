package io.twinspan.crypto.esp;

import io.twinspan.crypto.secret.EntropySource;

/**
 * IVs for CBC: straight from the secure generator, so that nobody can guess the next (RFC 3602 section 3). Drawn in blocks,
 * because asking the generator costs about as much as a packet; each octet is used once and then erased.
 */
final class UnpredictableIvs {
    private static final int IVS_PER_DRAW = 64;

    private final EntropySource entropy;
    private final int ivBytes;
    private final byte[] drawn;
    private int next;

    UnpredictableIvs(EntropySource entropy, int ivBytes) {
        this.entropy = entropy;
        this.ivBytes = ivBytes;
        this.drawn = new byte[IVS_PER_DRAW * ivBytes];
        this.next = drawn.length;
    }

    /** Writes the next IV. */
    void next(byte[] target, int offset) {
        if (next == drawn.length) {
            entropy.nextBytes(drawn);
            next = 0;
        }
        for (int i = 0; i < ivBytes; i++) {
            target[offset + i] = drawn[next + i];
            drawn[next + i] = 0;
        }
        next += ivBytes;
    }
}
