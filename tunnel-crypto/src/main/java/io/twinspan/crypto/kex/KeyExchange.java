package io.twinspan.crypto.kex;

import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.Arrays;
import java.util.Optional;

/** Our half of one key exchange: an ephemeral private key and the public value that goes with it. */
public sealed interface KeyExchange permits ModpKeyExchange, EcpKeyExchange, XdhKeyExchange {
    /** Draws a fresh key pair; the same entropy gives the same pair. Costs one exponentiation in the group. */
    static KeyExchange generate(KeyExchangeMethod method, EntropySource entropy) {
        return KeyExchangeGroup.of(method).generate(entropy);
    }

    /**
     * The key pair whose {@link #privateValue} this is; empty where the octets are no private value of the method.
     */
    static Optional<KeyExchange> restore(KeyExchangeMethod method, SecretBytes privateValue) {
        byte[] octets = privateValue.expose();
        try {
            return KeyExchangeGroup.of(method).restore(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /**
     * Whether a peer's value passes those tests of RFC 6989 that are cheap: length, range, on the curve. False means that
     * {@link #agree} would refuse it, so that no key pair need be made for it; true promises nothing.
     */
    static boolean isPlausible(KeyExchangeMethod method, byte[] peerPublicValue) {
        return KeyExchangeGroup.of(method).isPlausible(peerPublicValue);
    }

    /** The method both sides use. */
    KeyExchangeMethod method();

    /** Our key exchange data, as it stands in the KE payload: exactly {@code method().publicValueBytes()} octets. */
    byte[] publicValue();

    /** The private key, for {@link #restore}; a fresh copy that the caller destroys. */
    SecretBytes privateValue();

    /**
     * The shared secret {@code g^ir} of RFC 7296 section 2.14, leading zeros kept, or empty where the peer's value fails
     * the tests of RFC 6989: wrong length, outside the group, not on the curve, or giving a secret that is all zeros.
     */
    Optional<SecretBytes> agree(byte[] peerPublicValue);
}
