package io.twinspan.crypto.kex;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.DHPrivateKeySpec;
import javax.crypto.spec.DHPublicKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KeyExchangeTest {
    private static final byte[] SMALL_KEY = HexFormat.of().parseHex("00".repeat(30) + "4001");

    @ParameterizedTest
    @EnumSource(KeyExchangeMethod.class)
    void bothSidesGetTheSameSecretOfTheFullLength(KeyExchangeMethod method) {
        KeyExchange one = KeyExchange.generate(method, seeded(1));
        KeyExchange other = KeyExchange.generate(method, seeded(2));
        assertThat(one.method()).isEqualTo(method);
        assertThat(one.publicValue()).hasSize(method.publicValueBytes()).isNotEqualTo(other.publicValue());
        byte[] shared = one.agree(other.publicValue()).orElseThrow().expose();
        assertThat(shared)
                .isEqualTo(other.agree(one.publicValue()).orElseThrow().expose());
        assertThat(shared).hasSize(isEcp(method) ? method.publicValueBytes() / 2 : method.publicValueBytes());
    }

    @ParameterizedTest
    @EnumSource(KeyExchangeMethod.class)
    void a2_whatNobodyCouldHaveSentIsImplausibleWithoutAKeyPair(KeyExchangeMethod method) {
        int length = method.publicValueBytes();
        assertThat(KeyExchange.isPlausible(
                        method, KeyExchange.generate(method, seeded(5)).publicValue()))
                .isTrue();
        for (int wrong : new int[] {0, 1, length - 1, length + 1}) {
            assertThat(KeyExchange.isPlausible(method, new byte[wrong])).isFalse();
        }
        byte[] ones = new byte[length];
        Arrays.fill(ones, (byte) 0xff);
        boolean anyOctetsArePoints = method == KeyExchangeMethod.CURVE25519;
        assertThat(KeyExchange.isPlausible(method, new byte[length])).isEqualTo(anyOctetsArePoints);
        assertThat(KeyExchange.isPlausible(method, ones)).isEqualTo(anyOctetsArePoints);
    }

    @ParameterizedTest
    @EnumSource(KeyExchangeMethod.class)
    void theSameEntropyGivesTheSameKeyPair(KeyExchangeMethod method) {
        assertThat(KeyExchange.generate(method, seeded(7)).publicValue())
                .isEqualTo(KeyExchange.generate(method, seeded(7)).publicValue());
    }

    @ParameterizedTest
    @EnumSource(ModpGroup.class)
    void thePlatformsOwnProviderComputesTheSameSecret(ModpGroup group) throws GeneralSecurityException {
        BigInteger ours = group.privateExponent(seeded(3));
        BigInteger theirs = group.privateExponent(seeded(4));
        BigInteger theirPublic = group.generator().modPow(theirs, group.prime());
        KeyAgreement agreement = KeyAgreement.getInstance("DH");
        KeyFactory factory = KeyFactory.getInstance("DH");
        PrivateKey key = factory.generatePrivate(new DHPrivateKeySpec(ours, group.prime(), group.generator()));
        PublicKey peer = factory.generatePublic(new DHPublicKeySpec(theirPublic, group.prime(), group.generator()));
        agreement.init(key);
        agreement.doPhase(peer, true);

        KeyExchange exchange = new ModpKeyExchange(group, ours);
        byte[] wire = UnsignedOctets.of(theirPublic, group.method().publicValueBytes());
        assertThat(exchange.agree(wire).orElseThrow().expose()).isEqualTo(agreement.generateSecret());
    }

    @Test
    void theSecretKeepsItsLeadingZeros() {
        ModpGroup group = ModpGroup.MODP_1024;
        KeyExchange exchange = new ModpKeyExchange(group, BigInteger.TWO);
        byte[] shared = exchange.agree(UnsignedOctets.of(BigInteger.valueOf(3), 128))
                .orElseThrow()
                .expose();
        assertThat(shared)
                .isEqualTo(UnsignedOctets.of(BigInteger.valueOf(9), 128))
                .hasSize(128);
    }

    @ParameterizedTest
    @EnumSource(ModpGroup.class)
    void a2_a3_valuesOutsideTheGroupGiveNoSecret(ModpGroup group) {
        KeyExchange exchange = KeyExchange.generate(group.method(), seeded(5));
        int length = group.method().publicValueBytes();
        for (BigInteger value : new BigInteger[] {
            BigInteger.ZERO,
            BigInteger.ONE,
            group.prime().subtract(BigInteger.ONE),
            group.prime(),
            group.prime().add(BigInteger.ONE)
        }) {
            assertThat(exchange.agree(UnsignedOctets.of(value, length))).isEmpty();
        }
        byte[] allOnes = new byte[length];
        Arrays.fill(allOnes, (byte) 0xff);
        assertThat(exchange.agree(allOnes)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(KeyExchangeMethod.class)
    void a4_onlyTheExactLengthIsTaken(KeyExchangeMethod method) {
        KeyExchange exchange = KeyExchange.generate(method, seeded(6));
        byte[] good = KeyExchange.generate(method, seeded(8)).publicValue();
        Set<Integer> lengths = new HashSet<>(Set.of(0, 1, good.length - 1, good.length + 1, 65_531));
        for (int length : lengths) {
            assertThat(exchange.agree(Arrays.copyOf(good, length))).isEmpty();
        }
        // A zero octet in front keeps the number but not the length.
        byte[] padded = new byte[good.length + 1];
        System.arraycopy(good, 0, padded, 1, good.length);
        assertThat(exchange.agree(padded)).isEmpty();
        assertThat(exchange.agree(good)).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = ModpGroup.class,
            names = {"MODP_1024_160", "MODP_2048_224", "MODP_2048_256"})
    void e12_aValueOutsideTheSmallSubgroupGivesNoSecret(ModpGroup group) {
        KeyExchange exchange = KeyExchange.generate(group.method(), seeded(9));
        int length = group.method().publicValueBytes();
        BigInteger outside = group.prime().subtract(group.generator());
        assertThat(exchange.agree(UnsignedOctets.of(outside, length))).isEmpty();
        assertThat(exchange.agree(UnsignedOctets.of(BigInteger.TWO, length))).isEmpty();
        assertThat(exchange.agree(UnsignedOctets.of(group.generator(), length))).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyExchangeMethod.class,
            names = {"ECP_256", "ECP_384", "ECP_521"})
    void e12_aPointThatIsNotOnTheCurveGivesNoSecret(KeyExchangeMethod method) {
        KeyExchange exchange = KeyExchange.generate(method, seeded(10));
        byte[] good = KeyExchange.generate(method, seeded(11)).publicValue();
        int half = good.length / 2;
        byte[] swapped = Arrays.copyOfRange(good, half, 2 * good.length - half);
        System.arraycopy(good, half, swapped, 0, half);
        System.arraycopy(good, 0, swapped, half, half);
        byte[] nextY = good.clone();
        nextY[nextY.length - 1]++;
        byte[] allOnes = new byte[good.length];
        Arrays.fill(allOnes, (byte) 0xff);
        assertThat(exchange.agree(swapped)).isEmpty();
        assertThat(exchange.agree(nextY)).isEmpty();
        assertThat(exchange.agree(new byte[good.length])).isEmpty();
        assertThat(exchange.agree(allOnes)).isEmpty();
    }

    @Test
    void e12_aPointOfSmallOrderOnCurve25519GivesNoSecret() {
        KeyExchange exchange = KeyExchange.generate(KeyExchangeMethod.CURVE25519, seeded(12));
        byte[] one = new byte[32];
        one[0] = 1;
        byte[] prime = new byte[32];
        Arrays.fill(prime, (byte) 0xff);
        prime[0] = (byte) 0xed;
        prime[31] = 0x7f;
        assertThat(exchange.agree(new byte[32])).isEmpty();
        assertThat(exchange.agree(one)).isEmpty();
        assertThat(exchange.agree(prime)).isEmpty();
    }

    @Property(tries = 200)
    void noOctetsFromAPeerMakeItThrow(@ForAll KeyExchangeMethod method, @ForAll long seed, @ForAll boolean exact) {
        KeyExchange exchange = KnownKeys.pair(method, SMALL_KEY);
        Random random = new Random(seed);
        byte[] octets = new byte[exact ? method.publicValueBytes() : random.nextInt(2_000)];
        random.nextBytes(octets);
        boolean agreed = exchange.agree(octets).isPresent();
        assertThat(agreed && octets.length != method.publicValueBytes()).isFalse();
    }

    private static boolean isEcp(KeyExchangeMethod method) {
        return method.name().startsWith("ECP");
    }

    private static EntropySource seeded(long seed) {
        return new Random(seed)::nextBytes;
    }
}
