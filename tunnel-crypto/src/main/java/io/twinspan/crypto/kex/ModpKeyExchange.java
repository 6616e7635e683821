package io.twinspan.crypto.kex;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** Diffie-Hellman modulo a prime: RFC 7296 appendix B, RFC 3526, RFC 5114. */
final class ModpKeyExchange implements KeyExchange {
    private final ModpGroup group;
    private final BigInteger privateExponent;
    private final byte[] publicValue;

    /** @param privateExponent in {@code [1, prime - 1]} */
    ModpKeyExchange(ModpGroup group, BigInteger privateExponent) {
        this.group = group;
        this.privateExponent = privateExponent;
        BigInteger power = group.generator().modPow(privateExponent, group.prime());
        this.publicValue = UnsignedOctets.of(power, group.method().publicValueBytes());
    }

    @Override
    public SecretBytes privateValue() {
        return UnsignedOctets.secretOf(privateExponent);
    }

    @Override
    public KeyExchangeMethod method() {
        return group.method();
    }

    @Override
    public byte[] publicValue() {
        return publicValue.clone();
    }

    @Override
    public Optional<SecretBytes> agree(byte[] peerPublicValue) {
        // RFC 7296 section 3.4: the value is padded to the length of the prime, never shorter and never longer.
        if (peerPublicValue.length != method().publicValueBytes()) {
            return Optional.empty();
        }
        BigInteger peer = UnsignedOctets.read(peerPublicValue, 0, peerPublicValue.length);
        if (!group.admits(peer)) {
            return Optional.empty();
        }
        byte[] shared = UnsignedOctets.of(peer.modPow(privateExponent, group.prime()), method().publicValueBytes());
        Optional<SecretBytes> result = Optional.of(SecretBytes.copyOf(shared));
        Arrays.fill(shared, (byte) 0);
        return result;
    }
}
