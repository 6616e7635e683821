package io.twinspan.crypto.kex;

import io.twinspan.crypto.secret.EntropySource;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** Every string of 32 octets is a private key, and a value that a peer may send (RFC 7748 section 5). */
enum Curve25519 implements KeyExchangeGroup {
    INSTANCE;

    @Override
    public KeyExchange generate(EntropySource entropy) {
        return new XdhKeyExchange(entropy.bytes(X25519.SCALAR_SIZE));
    }

    @Override
    public Optional<KeyExchange> restore(byte[] privateValue) {
        return privateValue.length == X25519.SCALAR_SIZE
                ? Optional.of(new XdhKeyExchange(privateValue.clone()))
                : Optional.empty();
    }

    @Override
    public boolean isPlausible(byte[] peerPublicValue) {
        return peerPublicValue.length == X25519.POINT_SIZE;
    }
}
