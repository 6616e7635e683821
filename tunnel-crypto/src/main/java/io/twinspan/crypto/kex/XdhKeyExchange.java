package io.twinspan.crypto.kex;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** Curve25519 (RFC 7748 section 5, RFC 8031). */
final class XdhKeyExchange implements KeyExchange {
    private final byte[] privateScalar;
    private final byte[] publicValue = new byte[X25519.POINT_SIZE];

    /** @param privateScalar kept, not copied */
    XdhKeyExchange(byte[] privateScalar) {
        this.privateScalar = privateScalar;
        X25519.scalarMultBase(privateScalar, 0, publicValue, 0);
    }

    @Override
    public SecretBytes privateValue() {
        return SecretBytes.copyOf(privateScalar);
    }

    @Override
    public KeyExchangeMethod method() {
        return KeyExchangeMethod.CURVE25519;
    }

    @Override
    public byte[] publicValue() {
        return publicValue.clone();
    }

    @Override
    public Optional<SecretBytes> agree(byte[] peerPublicValue) {
        if (peerPublicValue.length != X25519.POINT_SIZE) {
            return Optional.empty();
        }
        byte[] shared = new byte[X25519.POINT_SIZE];
        // RFC 7748 section 6.1, RFC 8031 section 3.2: a point of small order gives all zeros, and that is refused.
        boolean contributory = X25519.calculateAgreement(privateScalar, 0, peerPublicValue, 0, shared, 0);
        Optional<SecretBytes> result = contributory ? Optional.of(SecretBytes.copyOf(shared)) : Optional.empty();
        Arrays.fill(shared, (byte) 0);
        return result;
    }
}
