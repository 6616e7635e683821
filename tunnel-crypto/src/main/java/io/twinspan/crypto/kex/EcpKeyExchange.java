package io.twinspan.crypto.kex;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.ECPoint;

/** Diffie-Hellman on the NIST curves (RFC 5903). */
final class EcpKeyExchange implements KeyExchange {
    private final EcpCurve curve;
    private final BigInteger privateScalar;
    private final byte[] publicValue;

    /** @param privateScalar in {@code [1, order - 1]} */
    EcpKeyExchange(EcpCurve curve, BigInteger privateScalar) {
        this.curve = curve;
        this.privateScalar = privateScalar;
        ECPoint point = curve.multiplyBase(privateScalar);
        int half = curve.coordinateBytes();
        this.publicValue = new byte[2 * half];
        UnsignedOctets.write(point.getAffineXCoord().toBigInteger(), publicValue, 0, half);
        UnsignedOctets.write(point.getAffineYCoord().toBigInteger(), publicValue, half, half);
    }

    @Override
    public SecretBytes privateValue() {
        return UnsignedOctets.secretOf(privateScalar);
    }

    @Override
    public KeyExchangeMethod method() {
        return curve.method();
    }

    @Override
    public byte[] publicValue() {
        return publicValue.clone();
    }

    @Override
    public Optional<SecretBytes> agree(byte[] peerPublicValue) {
        return curve.decode(peerPublicValue).flatMap(this::multiply);
    }

    private Optional<SecretBytes> multiply(ECPoint peer) {
        ECPoint product = peer.multiply(privateScalar).normalize();
        if (product.isInfinity()) {
            return Optional.empty();
        }
        // RFC 5903 section 9: the secret is the x coordinate alone, with its leading zeros.
        byte[] shared = UnsignedOctets.of(product.getAffineXCoord().toBigInteger(), curve.coordinateBytes());
        Optional<SecretBytes> result = Optional.of(SecretBytes.copyOf(shared));
        Arrays.fill(shared, (byte) 0);
        return result;
    }
}
