package io.twinspan.crypto.kex;

import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** A curve of RFC 5903 and its two wire forms: a point is x then y, a secret is x alone. */
final class EcpCurve implements KeyExchangeGroup {
    private static final EcpCurve P_256 = new EcpCurve(KeyExchangeMethod.ECP_256, "secp256r1");
    private static final EcpCurve P_384 = new EcpCurve(KeyExchangeMethod.ECP_384, "secp384r1");
    private static final EcpCurve P_521 = new EcpCurve(KeyExchangeMethod.ECP_521, "secp521r1");

    private final KeyExchangeMethod method;
    private final X9ECParameters parameters;
    private final BigInteger fieldPrime;

    private EcpCurve(KeyExchangeMethod method, String name) {
        this.method = method;
        this.parameters = CustomNamedCurves.getByName(name);
        this.fieldPrime = parameters.getCurve().getField().getCharacteristic();
    }

    static EcpCurve p256() {
        return P_256;
    }

    static EcpCurve p384() {
        return P_384;
    }

    static EcpCurve p521() {
        return P_521;
    }

    @Override
    public KeyExchange generate(EntropySource entropy) {
        return new EcpKeyExchange(this, UnsignedOctets.scalarBelow(order(), entropy));
    }

    @Override
    public Optional<KeyExchange> restore(byte[] privateValue) {
        BigInteger scalar = new BigInteger(1, privateValue);
        boolean valid = scalar.signum() > 0 && scalar.compareTo(order()) < 0;
        return valid ? Optional.of(new EcpKeyExchange(this, scalar)) : Optional.empty();
    }

    @Override
    public boolean isPlausible(byte[] peerPublicValue) {
        return decode(peerPublicValue).isPresent();
    }

    KeyExchangeMethod method() {
        return method;
    }

    BigInteger order() {
        return parameters.getN();
    }

    int coordinateBytes() {
        return method.publicValueBytes() / 2;
    }

    /** The base point times the scalar, in affine coordinates. */
    ECPoint multiplyBase(BigInteger scalar) {
        return new FixedPointCombMultiplier()
                .multiply(parameters.getG(), scalar)
                .normalize();
    }

    /** The point that the peer sent, or empty where RFC 6989 section 2.3 says to refuse it. */
    Optional<ECPoint> decode(byte[] publicValue) {
        if (publicValue.length != method.publicValueBytes()) {
            return Optional.empty();
        }
        BigInteger x = UnsignedOctets.read(publicValue, 0, coordinateBytes());
        BigInteger y = UnsignedOctets.read(publicValue, coordinateBytes(), coordinateBytes());
        if (x.compareTo(fieldPrime) >= 0 || y.compareTo(fieldPrime) >= 0) {
            return Optional.empty();
        }
        // RFC 6989 section 2.3: both coordinates below the prime, and the curve's equation holds.
        ECPoint point = parameters.getCurve().createPoint(x, y);
        return point.isValid() ? Optional.of(point) : Optional.empty();
    }
}
