package io.twinspan.crypto.kex;

import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.Optional;

/** What a method computes in, and how its key pairs are made. */
sealed interface KeyExchangeGroup permits ModpGroup, EcpCurve, Curve25519 {
    /** Touches the numbers of this group only: those of the large ones take a while to compute. */
    static KeyExchangeGroup of(KeyExchangeMethod method) {
        return switch (method) {
            case MODP_1024,
                    MODP_1536,
                    MODP_2048,
                    MODP_3072,
                    MODP_4096,
                    MODP_6144,
                    MODP_8192,
                    MODP_1024_160,
                    MODP_2048_224,
                    MODP_2048_256 -> ModpGroup.of(method);
            case ECP_256 -> EcpCurve.p256();
            case ECP_384 -> EcpCurve.p384();
            case ECP_521 -> EcpCurve.p521();
            case CURVE25519 -> Curve25519.INSTANCE;
        };
    }

    /** A fresh key pair. */
    KeyExchange generate(EntropySource entropy);

    /** The key pair of a private value, which stays the caller's; empty where it is none of this group. */
    Optional<KeyExchange> restore(byte[] privateValue);

    /** Whether a peer's value has the right length and lies in the group, as far as that is cheap to see (RFC 6989). */
    boolean isPlausible(byte[] peerPublicValue);
}
