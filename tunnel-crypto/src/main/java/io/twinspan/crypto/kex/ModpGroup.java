package io.twinspan.crypto.kex;

import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.math.BigInteger;
import java.util.Optional;

/** A MODP group with the rules for private exponents and for values that a peer sends. */
enum ModpGroup implements KeyExchangeGroup {
    MODP_1024(KeyExchangeMethod.MODP_1024, 1024, 129093, 256),
    MODP_1536(KeyExchangeMethod.MODP_1536, 1536, 741804, 256),
    MODP_2048(KeyExchangeMethod.MODP_2048, 2048, 124476, 320),
    MODP_3072(KeyExchangeMethod.MODP_3072, 3072, 1690314, 424),
    MODP_4096(KeyExchangeMethod.MODP_4096, 4096, 240904, 480),
    MODP_6144(KeyExchangeMethod.MODP_6144, 6144, 929484, 544),
    MODP_8192(KeyExchangeMethod.MODP_8192, 8192, 4743158, 624),
    MODP_1024_160(KeyExchangeMethod.MODP_1024_160, Rfc5114Numbers.GROUP_22),
    MODP_2048_224(KeyExchangeMethod.MODP_2048_224, Rfc5114Numbers.GROUP_23),
    MODP_2048_256(KeyExchangeMethod.MODP_2048_256, Rfc5114Numbers.GROUP_24);

    private final KeyExchangeMethod method;
    private final BigInteger prime;
    private final BigInteger generator;
    private final BigInteger subgroupOrder;
    private final int exponentBits;

    /** A safe-prime group. The exponent has the upper estimate of RFC 3526 section 8, in whole octets, or 256 bits. */
    ModpGroup(KeyExchangeMethod method, int bits, long offset, int exponentBits) {
        this.method = method;
        this.prime = ModpPrimes.safePrime(bits, offset);
        this.generator = BigInteger.TWO;
        this.subgroupOrder = BigInteger.ZERO;
        this.exponentBits = exponentBits;
    }

    /** A group of RFC 5114, whose generator spans a small subgroup of known order. */
    ModpGroup(KeyExchangeMethod method, Rfc5114Numbers numbers) {
        this.method = method;
        this.prime = numbers.prime();
        this.generator = numbers.generator();
        this.subgroupOrder = numbers.order();
        this.exponentBits = 0;
    }

    static ModpGroup of(KeyExchangeMethod method) {
        for (ModpGroup group : values()) {
            if (group.method == method) {
                return group;
            }
        }
        throw new IllegalArgumentException(method + " is not a MODP group");
    }

    @Override
    public KeyExchange generate(EntropySource entropy) {
        return new ModpKeyExchange(this, privateExponent(entropy));
    }

    @Override
    public Optional<KeyExchange> restore(byte[] privateValue) {
        BigInteger exponent = new BigInteger(1, privateValue);
        boolean valid = exponent.signum() > 0 && exponent.compareTo(prime) < 0;
        return valid ? Optional.of(new ModpKeyExchange(this, exponent)) : Optional.empty();
    }

    @Override
    public boolean isPlausible(byte[] peerPublicValue) {
        int length = peerPublicValue.length;
        return length == method.publicValueBytes() && isInRange(UnsignedOctets.read(peerPublicValue, 0, length));
    }

    KeyExchangeMethod method() {
        return method;
    }

    BigInteger prime() {
        return prime;
    }

    BigInteger generator() {
        return generator;
    }

    BigInteger privateExponent(EntropySource entropy) {
        if (hasSmallSubgroup()) {
            return UnsignedOctets.scalarBelow(subgroupOrder, entropy);
        }
        // The top bit is set, so that the exponent is never a trivial one whatever the source gives.
        return new BigInteger(1, entropy.bytes(exponentBits / Byte.SIZE)).setBit(exponentBits - 1);
    }

    /** RFC 6989 sections 2.1 and 2.2: in range, and in the subgroup where that is a small one. */
    boolean admits(BigInteger peer) {
        return isInRange(peer)
                && (!hasSmallSubgroup() || peer.modPow(subgroupOrder, prime).equals(BigInteger.ONE));
    }

    /** RFC 6989 section 2.1: {@code 1 < y < p - 1}. */
    boolean isInRange(BigInteger peer) {
        return peer.compareTo(BigInteger.ONE) > 0 && peer.compareTo(prime.subtract(BigInteger.ONE)) < 0;
    }

    private boolean hasSmallSubgroup() {
        return subgroupOrder.signum() != 0;
    }
}
