package io.twinspan.crypto.esp;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import io.twinspan.crypto.testing.CipherEngines;
import io.twinspan.crypto.vectors.VectorFile;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whole ESP packets of the RFCs through the encapsulator and the decapsulator. */
final class EspVectorTest {
    private static final int OUTER_IPV4_BYTES = 20;

    private final EspDecapsulator decapsulator = new EspDecapsulator();

    private static EspSaParameters parameters(int spi, EspSuite suite, byte[] encryptionKey, byte[] integrityKey) {
        EspKeys keys = new EspKeys(SecretBytes.copyOf(encryptionKey), SecretBytes.copyOf(integrityKey));
        return new EspSaParameters(spi, suite, keys, EspFixture.everything(), EspFixture.everything(), 64);
    }

    private static int spi(JsonNode test) {
        return Integer.parseUnsignedInt(VectorFile.text(test, "spi"), 16);
    }

    static Stream<PacketCipherEngine> engines() {
        return CipherEngines.available();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void opensThePacketOfRfc7634(PacketCipherEngine engine) {
        JsonNode test = VectorFile.tests("esp/rfc7634-esp-chacha20poly1305.json")
                .findFirst()
                .orElseThrow();
        EspSuite suite =
                new EspSuite(EncryptionAlgorithm.CHACHA20_POLY1305, IntegrityAlgorithm.NONE, SequenceNumbers.SHORT_32);
        InboundSa sa = new InboundSa(parameters(spi(test), suite, VectorFile.hex(test, "keymat"), new byte[0]), engine);
        byte[] outer = VectorFile.hex(test, "outerPacket");

        assertThat(decapsulator.open(sa, outer, OUTER_IPV4_BYTES, outer.length - OUTER_IPV4_BYTES, outer[1]))
                .isEqualTo(EspVerdict.OK);
        int start = decapsulator.resultOffset();
        assertThat(Arrays.copyOfRange(outer, start, start + decapsulator.resultLength()))
                .isEqualTo(VectorFile.hex(test, "innerPacket"));
        assertThat(sa.highestSequence()).isEqualTo(5);
    }

    static Stream<JsonNode> mcgrew() {
        return VectorFile.tests("esp/mcgrew-gcm-esp.json")
                .filter(test -> test.get("keyBits").asInt() != 192);
    }

    /** Next header is ICMP in these, so the packet is authentic and then dropped. */
    @ParameterizedTest
    @MethodSource("mcgrew")
    void authenticatesThePacketsOfTheMcGrewDraft(JsonNode test) {
        CipherEngines.available().forEach(engine -> authenticatesThePacketOfTheMcGrewDraft(engine, test));
    }

    private void authenticatesThePacketOfTheMcGrewDraft(PacketCipherEngine engine, JsonNode test) {
        boolean extended = test.get("esn").asBoolean();
        EspSuite suite = new EspSuite(
                test.get("keyBits").asInt() == 128
                        ? EncryptionAlgorithm.AES_GCM_16_128
                        : EncryptionAlgorithm.AES_GCM_16_256,
                IntegrityAlgorithm.NONE,
                extended ? SequenceNumbers.EXTENDED_64 : SequenceNumbers.SHORT_32);
        byte[] key =
                Arrays.copyOf(VectorFile.hex(test, "key"), suite.encryption().keyBytes() + 4);
        System.arraycopy(
                VectorFile.hex(test, "salt"), 0, key, suite.encryption().keyBytes(), 4);
        InboundSa sa = new InboundSa(parameters(spi(test), suite, key, new byte[0]), engine);
        long sequence = Long.parseUnsignedLong(VectorFile.text(test, "seq"), 16);
        if (sequence != 1) {
            sa.window().mark(sequence - 1);
        }
        byte[] packet = VectorFile.hex(test, "wirePacket");

        assertThat(decapsulator.open(sa, packet, 0, packet.length, 0)).isEqualTo(EspVerdict.UNSUPPORTED_NEXT_HEADER);
        assertThat(decapsulator.wasAuthentic()).isTrue();
        assertThat(sa.highestSequence()).isEqualTo(sequence);
        assertThat(decapsulator.open(sa, packet, 0, packet.length, 0)).isEqualTo(EspVerdict.REPLAYED);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void authenticatesAPacketWithExtendedSequenceNumberAndSeparateIntegrity(PacketCipherEngine engine) {
        JsonNode test =
                VectorFile.tests("esp/scapy-esn-cbc-sha256.json").findFirst().orElseThrow();
        EspSuite suite = new EspSuite(
                EncryptionAlgorithm.AES_CBC_128, IntegrityAlgorithm.HMAC_SHA2_256_128, SequenceNumbers.EXTENDED_64);
        InboundSa sa = new InboundSa(
                parameters(spi(test), suite, VectorFile.hex(test, "key"), VectorFile.hex(test, "authKey")), engine);
        byte[] outer = VectorFile.hex(test, "outerPacket");
        byte[] unknownHigh = outer.clone();
        int length = outer.length - OUTER_IPV4_BYTES;
        assertThat(decapsulator.open(sa, unknownHigh, OUTER_IPV4_BYTES, length, 0))
                .isEqualTo(EspVerdict.BAD_ICV);

        sa.window().mark(test.get("esnHigh").asLong() << 32);
        assertThat(decapsulator.open(sa, outer, OUTER_IPV4_BYTES, length, 0))
                .isEqualTo(EspVerdict.UNSUPPORTED_NEXT_HEADER);
        assertThat(decapsulator.wasAuthentic()).isTrue();
        byte[] text = VectorFile.hex(test, "plaintextWithTrailer");
        int start = OUTER_IPV4_BYTES + 8 + 16;
        assertThat(Arrays.copyOfRange(outer, start, start + text.length)).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void sealsTheTunnelPacketOfRfc3602(PacketCipherEngine engine) {
        JsonNode test = VectorFile.tests("esp/rfc3602-esp.json")
                .filter(candidate -> VectorFile.text(candidate, "mode").equals("tunnel"))
                .findFirst()
                .orElseThrow();
        byte[] iv = VectorFile.hex(test, "iv");
        EntropySource fixed = target -> {
            for (int i = 0; i < target.length; i++) {
                target[i] = iv[i % iv.length];
            }
        };
        EspSuite suite = new EspSuite(
                EncryptionAlgorithm.AES_CBC_128, IntegrityAlgorithm.HMAC_SHA1_96, SequenceNumbers.SHORT_32);
        OutboundSa sa = new OutboundSa(
                parameters(spi(test), suite, VectorFile.hex(test, "key"), new byte[20]),
                engine,
                fixed,
                test.get("seq").asLong() - 1);
        byte[] packet = EspFixture.sealed(sa, VectorFile.hex(test, "innerOriginalPacket"));

        byte[] withoutIcv = VectorFile.hex(test, "espPayload");
        assertThat(Arrays.copyOf(packet, packet.length - 12)).isEqualTo(withoutIcv);
    }
}
