package io.twinspan.crypto.ike.protect;

import io.twinspan.crypto.secret.EntropySource;

/**
 * IVs for one key. For an AEAD cipher a counter from a random start, because such a cipher loses everything when a nonce
 * comes twice (RFC 5282 section 3.1); for CBC random octets, because there it must not be foreseen (RFC 3602 section 3).
 */
final class MessageIvs {
    private final EntropySource entropy;
    private final boolean counting;
    private long counter;

    MessageIvs(EntropySource entropy, boolean counting) {
        this(entropy, counting, counting ? entropy.nextLong() : 0);
    }

    /** Goes on with a key under which messages have been sealed before. */
    MessageIvs(EntropySource entropy, boolean counting, long counter) {
        this.entropy = entropy;
        this.counting = counting;
        this.counter = counter;
    }

    /** What the next message's IV will be, for a cipher that counts; 0 for CBC. */
    long counter() {
        return counter;
    }

    void write(byte[] target, int offset, int length) {
        if (!counting) {
            System.arraycopy(entropy.bytes(length), 0, target, offset, length);
            return;
        }
        long value = counter++;
        for (int i = length - 1; i >= 0; i--) {
            target[offset + i] = (byte) value;
            value >>>= 8;
        }
    }
}
