package io.twinspan.crypto.ipsecmb;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.testing.CipherEngines;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;

/** Whatever the library seals is, octet for octet, what the JDK seals, and each opens the other's. */
final class IpsecMbAgreementTest {
    private static final int[] EDGES = {
        0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 767, 768, 769,
        1023, 1024, 1025, 1400, 9000, 65_000, 65_535, 65_536
    };

    @BeforeContainer
    static void needsTheLibrary() {
        CipherEngines.ipsecMb();
    }

    @Property(tries = 400)
    void agreesWithTheJdkOnAnyPacket(
            @ForAll boolean longKey,
            @ForAll boolean extended,
            @ForAll @IntRange(min = 0, max = 90) int offset,
            @ForAll @IntRange(min = 0, max = 300) int headerLength,
            @ForAll @IntRange(min = 0, max = 10_000) int textLength,
            @ForAll int seed) {
        agree(longKey, extended, offset, extended ? 8 : headerLength, textLength, new Random(seed));
    }

    @Test
    void agreesWithTheJdkAroundEveryBlockSize() {
        Random random = new Random(5);
        for (int textLength : EDGES) {
            for (int choice = 0; choice < 4; choice++) {
                agree((choice & 1) != 0, (choice & 2) != 0, random.nextInt(20), 8, textLength, random);
            }
        }
    }

    private static void agree(
            boolean longKey, boolean extended, int offset, int headerLength, int textLength, Random random) {
        EncryptionAlgorithm algorithm =
                longKey ? EncryptionAlgorithm.AES_GCM_16_256 : EncryptionAlgorithm.AES_GCM_16_128;
        byte[] key = octets(random, algorithm.keyBytes() + algorithm.saltBytes());
        byte[] packet = octets(random, offset + headerLength + 8 + textLength + 16 + random.nextInt(20));
        int high = random.nextInt();
        Packet at = new Packet(extended, offset, headerLength, textLength, high);

        byte[] sealedByJdk = packet.clone();
        PacketCipher jdk = cipher(PacketCipherEngine.jdk(), algorithm, key);
        assertThat(at.seal(jdk, sealedByJdk)).isTrue();
        List<IpsecMbEngine> engines = CipherEngines.ipsecMb();
        for (IpsecMbEngine engine : engines) {
            PacketCipher cipher = cipher(engine, algorithm, key);
            byte[] sealed = packet.clone();
            assertThat(at.seal(cipher, sealed)).isTrue();
            assertThat(sealed).as("%s", engine).isEqualTo(sealedByJdk);
            assertThat(at.open(jdk, sealed)).isTrue();

            byte[] opened = sealedByJdk.clone();
            assertThat(at.open(cipher, opened)).isTrue();
            assertThat(opened).as("%s", engine).isEqualTo(sealed);

            byte[] forged = sealedByJdk.clone();
            int bit = random.nextInt((headerLength + 8 + textLength + 16) * 8);
            forged[offset + (bit >> 3)] ^= (byte) (1 << (bit & 7));
            byte[] before = forged.clone();
            assertThat(at.open(cipher, forged)).as("%s", engine).isFalse();
            assertThat(forged).as("%s", engine).isEqualTo(before);
        }
    }

    private record Packet(boolean extended, int offset, int headerLength, int textLength, int sequenceHigh) {
        boolean seal(PacketCipher cipher, byte[] packet) {
            return extended
                    ? cipher.sealExtended(packet, offset, textLength, sequenceHigh)
                    : cipher.seal(packet, offset, headerLength, textLength);
        }

        boolean open(PacketCipher cipher, byte[] packet) {
            return extended
                    ? cipher.openExtended(packet, offset, textLength, sequenceHigh)
                    : cipher.open(packet, offset, headerLength, textLength);
        }
    }

    private static PacketCipher cipher(PacketCipherEngine engine, EncryptionAlgorithm algorithm, byte[] key) {
        return engine.cipher(
                algorithm, IntegrityAlgorithm.NONE, SecretBytes.copyOf(key), SecretBytes.copyOf(new byte[0]));
    }

    private static byte[] octets(Random random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }
}
