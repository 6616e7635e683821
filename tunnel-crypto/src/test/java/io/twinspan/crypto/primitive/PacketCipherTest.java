package io.twinspan.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.testing.CipherEngines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PacketCipherTest {
    record Algorithms(PacketCipherEngine engine, EncryptionAlgorithm encryption, IntegrityAlgorithm integrity) {
        PacketCipher cipher(int seed) {
            Random random = new Random(seed);
            byte[] encryptionKey = new byte[encryption.keyBytes() + encryption.saltBytes()];
            byte[] integrityKey = new byte[integrity.keyBytes()];
            random.nextBytes(encryptionKey);
            random.nextBytes(integrityKey);
            return engine.cipher(
                    encryption, integrity, SecretBytes.copyOf(encryptionKey), SecretBytes.copyOf(integrityKey));
        }
    }

    static List<Algorithms> allAlgorithms() {
        return CipherEngines.available()
                .flatMap(engine -> allAlgorithms(engine).stream())
                .toList();
    }

    private static List<Algorithms> allAlgorithms(PacketCipherEngine engine) {
        List<Algorithms> all = new ArrayList<>();
        for (EncryptionAlgorithm encryption : EncryptionAlgorithm.values()) {
            for (IntegrityAlgorithm integrity : IntegrityAlgorithm.values()) {
                if (encryption.isAead() == (integrity == IntegrityAlgorithm.NONE)) {
                    all.add(new Algorithms(engine, encryption, integrity));
                }
            }
        }
        return all;
    }

    @Provide
    Arbitrary<Algorithms> algorithms() {
        return Arbitraries.of(allAlgorithms());
    }

    @Property(tries = 300)
    void opensWhatItSealed(
            @ForAll("algorithms") Algorithms algorithms,
            @ForAll @IntRange(min = 0, max = 70) int offset,
            @ForAll @IntRange(min = 0, max = 60) int headerLength,
            @ForAll @IntRange(min = 1, max = 600) int blocks,
            @ForAll int seed) {
        PacketCipher cipher = algorithms.cipher(seed);
        int textLength = cipher.blockBytes() * blocks;
        int length = headerLength + cipher.ivBytes() + textLength + cipher.icvBytes();
        byte[] packet = randomOctets(offset + length + 9, seed);
        byte[] before = packet.clone();

        assertThat(cipher.seal(packet, offset, headerLength, textLength)).isTrue();
        int textOffset = offset + headerLength + cipher.ivBytes();
        if (textLength >= 16) {
            assertThat(Arrays.copyOfRange(packet, textOffset, textOffset + textLength))
                    .isNotEqualTo(Arrays.copyOfRange(before, textOffset, textOffset + textLength));
        }
        assertThat(cipher.open(packet, offset, headerLength, textLength)).isTrue();

        System.arraycopy(
                packet,
                offset + length - cipher.icvBytes(),
                before,
                offset + length - cipher.icvBytes(),
                cipher.icvBytes());
        assertThat(packet).isEqualTo(before);
    }

    @Property(tries = 300)
    void d1_aFailedIcvLeavesEveryOctetAsItWas(
            @ForAll("algorithms") Algorithms algorithms,
            @ForAll @IntRange(min = 1, max = 100) int blocks,
            @ForAll boolean extended,
            @ForAll int seed) {
        PacketCipher cipher = algorithms.cipher(seed);
        int textLength = cipher.blockBytes() * blocks;
        int length = 8 + cipher.ivBytes() + textLength + cipher.icvBytes();
        byte[] packet = randomOctets(length + 20, seed);
        assertThat(extended ? cipher.sealExtended(packet, 10, textLength, 7) : cipher.seal(packet, 10, 8, textLength))
                .isTrue();
        int bit = Math.floorMod(seed, length * 8);
        packet[10 + (bit >> 3)] ^= (byte) (1 << (bit & 7));
        byte[] before = packet.clone();

        assertThat(extended ? cipher.openExtended(packet, 10, textLength, 7) : cipher.open(packet, 10, 8, textLength))
                .isFalse();
        assertThat(packet).isEqualTo(before);

        packet[10 + (bit >> 3)] ^= (byte) (1 << (bit & 7));
        assertThat(extended ? cipher.openExtended(packet, 10, textLength, 7) : cipher.open(packet, 10, 8, textLength))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("allAlgorithms")
    void theHighHalfOfTheSequenceNumberIsAuthenticated(Algorithms algorithms) {
        PacketCipher cipher = algorithms.cipher(3);
        byte[] packet = randomOctets(200, 4);
        assertThat(cipher.sealExtended(packet, 0, 48, 1)).isTrue();
        assertThat(cipher.openExtended(packet, 0, 48, 2)).isFalse();
        assertThat(cipher.open(packet, 0, 8, 48)).isFalse();
        assertThat(cipher.openExtended(packet, 0, 48, 1)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("allAlgorithms")
    void refusesImpossibleRangesWithoutThrowing(Algorithms algorithms) {
        PacketCipher cipher = algorithms.cipher(3);
        byte[] packet = randomOctets(100, 5);
        byte[] before = packet.clone();
        int[] lengths = {-1, -16, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 15, 65_552, 96, 100, 160};
        for (int length : lengths) {
            assertThat(cipher.open(packet, 0, 8, length)).isFalse();
            assertThat(cipher.openExtended(packet, 0, length, 0)).isFalse();
            assertThat(cipher.seal(packet, 0, 8, length)).isFalse();
            assertThat(cipher.sealExtended(packet, 0, length, 0)).isFalse();
            assertThat(cipher.open(packet, length, 8, 16)).isEqualTo(false);
            assertThat(cipher.open(packet, 0, length, 16)).isFalse();
        }
        assertThat(packet).isEqualTo(before);
    }

    @Test
    void cbcRefusesTextThatIsNotWholeBlocks() {
        PacketCipher cipher = new Algorithms(
                        PacketCipherEngine.jdk(), EncryptionAlgorithm.AES_CBC_128, IntegrityAlgorithm.HMAC_SHA1_96)
                .cipher(1);
        byte[] packet = randomOctets(200, 5);
        for (int length = 0; length < 40; length++) {
            assertThat(cipher.seal(packet, 0, 8, length)).isEqualTo(length == 16 || length == 32);
        }
    }

    static Stream<PacketCipherEngine> engines() {
        return CipherEngines.available();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void d11_noCipherWithoutIntegrityCanBeMade(PacketCipherEngine engine) {
        SecretBytes none = SecretBytes.copyOf(new byte[0]);
        for (EncryptionAlgorithm encryption : EncryptionAlgorithm.values()) {
            SecretBytes key = SecretBytes.copyOf(new byte[encryption.keyBytes() + encryption.saltBytes()]);
            for (IntegrityAlgorithm integrity : IntegrityAlgorithm.values()) {
                if (encryption.isAead() != (integrity == IntegrityAlgorithm.NONE)) {
                    SecretBytes integrityKey = SecretBytes.copyOf(new byte[integrity.keyBytes()]);
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> engine.cipher(encryption, integrity, key, integrityKey));
                }
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.cipher(encryption, IntegrityAlgorithm.HMAC_SHA2_256_128, key, none));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void refusesKeysOfTheWrongLength(PacketCipherEngine engine) {
        SecretBytes none = SecretBytes.copyOf(new byte[0]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.cipher(
                        EncryptionAlgorithm.AES_GCM_16_256,
                        IntegrityAlgorithm.NONE,
                        SecretBytes.copyOf(new byte[32]),
                        none))
                .withMessageContaining("36");
    }

    @Test
    void theEngineRefusesTheSameNonceTwiceInARow() {
        for (Algorithms algorithms : allAlgorithms()) {
            if (algorithms.encryption().isAead()) {
                PacketCipher cipher = algorithms.cipher(9);
                byte[] packet = new byte[100];
                assertThat(cipher.seal(packet, 0, 8, 40)).isTrue();
                assertThat(cipher.seal(packet, 0, 8, 40)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("allAlgorithms")
    void aDestroyedCipherDoesNothingMore(Algorithms algorithms) {
        PacketCipher cipher = algorithms.cipher(3);
        byte[] packet = randomOctets(200, 4);
        assertThat(cipher.seal(packet, 0, 8, 48)).isTrue();
        cipher.destroy();
        cipher.destroy();
        byte[] before = packet.clone();
        assertThat(cipher.open(packet, 0, 8, 48)).isFalse();
        assertThat(cipher.openExtended(packet, 0, 48, 0)).isFalse();
        assertThat(cipher.seal(packet, 0, 8, 48)).isFalse();
        assertThat(cipher.sealExtended(packet, 0, 48, 0)).isFalse();
        assertThat(packet).isEqualTo(before);
    }

    @Test
    void aDestroyedKeyIsZeros() {
        ErasableKey key = new ErasableKey("AES", SecretBytes.copyOf(new byte[] {1, 2, 3, 4}), 3);
        assertThat(key.getEncoded()).containsExactly(1, 2, 3);
        key.destroy();
        assertThat(key.getEncoded()).containsExactly(0, 0, 0);
        assertThat(key.isDestroyed()).isTrue();
    }

    private static byte[] randomOctets(int length, int seed) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }
}
