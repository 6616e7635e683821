package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.primitive.Prf;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Stateless cookies for a responder under load (RFC 7296 section 2.6): a version octet and a keyed hash over nonce, address
 * and SPI of the initiator. The secret changes every minute; cookies of the one before stay good for a minute more.
 *
 * @param version counts secrets, 0..255
 * @param current makes cookies
 * @param previous still checks them
 * @param rotatedNanos when {@code current} was drawn
 */
record CookieJar(int version, SecretBytes current, SecretBytes previous, long rotatedNanos) {
    private static final long SECRET_LIFE_NANOS = 60_000_000_000L;
    private static final int SECRET_BYTES = 32;
    private static final int VERSION_MASK = 0xff;

    /** A jar whose first cookie will draw a secret. */
    static CookieJar empty() {
        SecretBytes none = SecretBytes.copyOf(new byte[0]);
        return new CookieJar(0, none, none, 0);
    }

    /** A jar with a secret that is young enough to use now. */
    CookieJar fresh(EntropySource entropy, long nowNanos) {
        if (current.length() > 0 && nowNanos - rotatedNanos < SECRET_LIFE_NANOS) {
            return this;
        }
        boolean previousTooOld = current.length() == 0 || nowNanos - rotatedNanos >= 2 * SECRET_LIFE_NANOS;
        SecretBytes next = SecretBytes.copyOf(entropy.bytes(SECRET_BYTES));
        SecretBytes kept = previousTooOld ? SecretBytes.copyOf(entropy.bytes(SECRET_BYTES)) : current;
        return new CookieJar((version + 1) & VERSION_MASK, next, kept, nowNanos);
    }

    /** The cookie for this initiator; only after {@link #fresh}. */
    byte[] bake(byte[] nonce, Endpoint initiator, long spiI) {
        return cookie(version, current, nonce, initiator, spiI);
    }

    /** True where we made this cookie for this initiator, not long ago; only after {@link #fresh}. */
    boolean accepts(byte[] cookie, byte[] nonce, Endpoint initiator, long spiI) {
        int before = (version - 1) & VERSION_MASK;
        return MessageDigest.isEqual(cookie, bake(nonce, initiator, spiI))
                || MessageDigest.isEqual(cookie, cookie(before, previous, nonce, initiator, spiI));
    }

    private static byte[] cookie(int version, SecretBytes secret, byte[] nonce, Endpoint initiator, long spiI) {
        byte[] spi = ByteBuffer.allocate(Long.BYTES).putLong(spiI).array();
        byte[] hash = Prf.of(PseudorandomFunction.HMAC_SHA2_256, secret)
                .compute(nonce, initiator.address().getAddress(), spi);
        return ByteBuffer.allocate(1 + hash.length)
                .put((byte) version)
                .put(hash)
                .array();
    }
}
