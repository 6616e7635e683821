package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkePayload.Nonce;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.suite.PseudorandomFunction;

/** The rules of RFC 7296 sections 2.10 and 3.9. */
final class Nonces {
    private static final int MIN_BYTES = 16;
    private static final int MAX_BYTES = 256;

    /** Half of the longest PRF key, so that it suits whatever PRF is chosen. */
    private static final int OUR_BYTES = 32;

    private Nonces() {}

    static byte[] fresh(EntropySource entropy) {
        return entropy.bytes(OUR_BYTES);
    }

    /** The peer's nonce; the rules of presence were checked before. */
    static byte[] of(IkeMessage message) {
        return message.first(Nonce.class).map(nonce -> nonce.data().toArray()).orElseGet(() -> new byte[0]);
    }

    static boolean isGood(byte[] nonce, PseudorandomFunction function) {
        return nonce.length >= MIN_BYTES && nonce.length <= MAX_BYTES && nonce.length >= function.outputBytes() / 2;
    }

    static boolean hasGoodLength(byte[] nonce) {
        return nonce.length >= MIN_BYTES && nonce.length <= MAX_BYTES;
    }
}
