package io.twinspan.crypto.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The failures other ESP implementations had in the field, one test each. */
final class EspHostileInputTest {
    private final EspDecapsulator decapsulator = new EspDecapsulator();

    static List<EspSuite> allSuites() {
        return EspFixture.allSuites();
    }

    private EspVerdict open(InboundSa sa, byte[] packet) {
        return decapsulator.open(sa, packet, 0, packet.length, EspDecapsulator.UNKNOWN_TOS);
    }

    private EspVerdict openText(byte[] text) {
        InboundSa inbound = EspFixture.inbound(EspFixture.GCM);
        EspVerdict verdict = open(inbound, EspFixture.sealedText(EspFixture.outbound(EspFixture.GCM), text));
        assertThat(decapsulator.wasAuthentic()).isTrue();
        assertThat(decapsulator.resultLength() > 0).isEqualTo(verdict == EspVerdict.OK);
        return verdict;
    }

    @ParameterizedTest
    @MethodSource("allSuites")
    void d2_payloadsAroundEveryPowerOfTwoUpToTheLargest(EspSuite suite) {
        OutboundSa outbound = EspFixture.outbound(suite);
        InboundSa inbound = EspFixture.inbound(suite);
        int largest = 65_515 - outbound.headroomBytes() - EspLayout.MAX_TAILROOM_BYTES;
        for (int power = 32; power <= 65_536; power *= 2) {
            for (int length = power - 3; length <= power + 3; length++) {
                byte[] inner = EspFixture.ipv4(Math.min(length, largest), 0);
                byte[] packet = EspFixture.sealed(outbound, inner);
                assertThat(open(inbound, packet)).isEqualTo(EspVerdict.OK);
                int start = decapsulator.resultOffset();
                assertThat(Arrays.equals(inner, 0, inner.length, packet, start, start + decapsulator.resultLength()))
                        .isTrue();
            }
        }
    }

    @Test
    void d2_garbageOfEveryLengthIsDroppedWithoutAnException() {
        InboundSa gcm = EspFixture.inbound(EspFixture.GCM);
        InboundSa cbc = EspFixture.inbound(EspFixture.CBC);
        byte[] garbage = new byte[70_000];
        new Random(5).nextBytes(garbage);
        EspLayout.putInt(garbage, 0, EspFixture.SPI);
        EspLayout.putInt(garbage, 4, 1);
        byte[] before = garbage.clone();
        for (int power = 1; power <= 65_536; power *= 2) {
            for (int length = Math.max(0, power - 20); length <= power + 20; length++) {
                assertThat(decapsulator.open(gcm, garbage, 0, length, 0)).isNotEqualTo(EspVerdict.OK);
                assertThat(decapsulator.open(cbc, garbage, 0, length, 0)).isNotEqualTo(EspVerdict.OK);
            }
        }
        assertThat(garbage).isEqualTo(before);
    }

    @Test
    void d3_reservedSpisAreNeverMatchedOrSent() {
        for (int spi = 0; spi <= 255; spi++) {
            int reserved = spi;
            assertThat(EspLayout.isReservedSpi(spi)).isTrue();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new EspSaParameters(
                            reserved,
                            EspFixture.GCM,
                            EspFixture.keys(EspFixture.GCM),
                            EspFixture.everything(),
                            EspFixture.everything(),
                            64));
            byte[] packet = EspFixture.sealed(EspFixture.outbound(EspFixture.GCM), EspFixture.ipv4(60, 0));
            EspLayout.putInt(packet, 0, spi);
            assertThat(open(EspFixture.inbound(EspFixture.GCM), packet)).isEqualTo(EspVerdict.RESERVED_SPI);
        }
        assertThat(EspLayout.isReservedSpi(256)).isFalse();
        assertThat(EspLayout.isReservedSpi(-1)).isFalse();
    }

    @Test
    void d3_aPacketForAnotherSaIsNotOpened() {
        byte[] packet = EspFixture.sealed(EspFixture.outbound(EspFixture.GCM), EspFixture.ipv4(60, 0));
        EspLayout.putInt(packet, 0, EspFixture.SPI + 1);
        assertThat(open(EspFixture.inbound(EspFixture.GCM), packet)).isEqualTo(EspVerdict.WRONG_SPI);
    }

    @Test
    void d5_cbcIvsComeFromTheGeneratorAndAreDistinct() {
        OutboundSa outbound = EspFixture.outbound(EspFixture.CBC);
        byte[] generated = new byte[10_000 * 16 + 1024];
        byte[] expectedStream = expectedIvStream(generated.length);
        byte[] inner = EspFixture.ipv4(40, 0);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            byte[] packet = EspFixture.sealed(outbound, inner);
            byte[] iv = Arrays.copyOfRange(packet, 8, 24);
            assertThat(iv).isEqualTo(Arrays.copyOfRange(expectedStream, i * 16, i * 16 + 16));
            assertThat(seen.add(HexFormat.of().formatHex(iv))).isTrue();
        }
    }

    /** What the fixture's generator gives in draws of 1024 octets. */
    private static byte[] expectedIvStream(int length) {
        byte[] stream = new byte[length];
        var source = EspFixture.entropy(7);
        for (int at = 0; at + 1024 <= length; at += 1024) {
            System.arraycopy(source.bytes(1024), 0, stream, at, 1024);
        }
        return stream;
    }

    @ParameterizedTest
    @MethodSource("allSuites")
    void d5_noIvComesTwiceUnderOneKeyEvenWhereSealingFails(EspSuite suite) {
        OutboundSa outbound = EspFixture.outbound(suite);
        EspEncapsulator encapsulator = new EspEncapsulator(true);
        byte[] inner = EspFixture.ipv4(60, 0);
        Set<String> ivs = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            byte[] buffer = EspFixture.around(inner, 24);
            if (i % 3 == 0) {
                // Refused before a number is spent: too little room, or no IP packet.
                assertThat(encapsulator.seal(outbound, buffer, 3, inner.length)).isEqualTo(EspVerdict.NO_ROOM);
            }
            assertThat(encapsulator.seal(outbound, buffer, 24, inner.length)).isEqualTo(EspVerdict.OK);
            int ivOffset = encapsulator.resultOffset() + 8;
            assertThat(ivs.add(HexFormat.of()
                            .formatHex(
                                    buffer,
                                    ivOffset,
                                    ivOffset + suite.encryption().ivBytes())))
                    .isTrue();
        }
        assertThat(outbound.lastSequence()).isEqualTo(500);
    }

    @ParameterizedTest
    @MethodSource("allSuites")
    void d6_everyLengthUpToTheSmallestPacketIsDropped(EspSuite suite) {
        InboundSa inbound = EspFixture.inbound(suite);
        byte[] sealed = EspFixture.sealed(EspFixture.outbound(suite), EspFixture.ipv4(20, 0));
        int smallest = 8 + suite.encryption().ivBytes() + suite.icvBytes() + 2;
        for (int length = 0; length <= smallest; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            EspVerdict verdict = open(inbound, cut);
            if (length < smallest) {
                assertThat(verdict).isEqualTo(EspVerdict.TOO_SHORT);
            } else {
                assertThat(verdict).isIn(EspVerdict.BAD_ICV, EspVerdict.BAD_LENGTH);
            }
            assertThat(cut).isEqualTo(Arrays.copyOf(sealed, length));
        }
        for (int length = smallest; length < sealed.length; length++) {
            assertThat(open(inbound, Arrays.copyOf(sealed, length))).isIn(EspVerdict.BAD_ICV, EspVerdict.BAD_LENGTH);
        }
        assertThat(inbound.highestSequence()).isZero();
        assertThat(open(inbound, sealed)).isEqualTo(EspVerdict.OK);
    }

    @Test
    void d6_rangesOutsideTheArrayAreDropped() {
        InboundSa inbound = EspFixture.inbound(EspFixture.GCM);
        byte[] packet = new byte[100];
        int[][] ranges = {
            {-1, 50}, {0, 101}, {60, 41}, {100, 1}, {0, -1}, {Integer.MAX_VALUE, 50}, {50, Integer.MAX_VALUE}
        };
        for (int[] range : ranges) {
            assertThat(decapsulator.open(inbound, packet, range[0], range[1], 0))
                    .isEqualTo(EspVerdict.BAD_LENGTH);
        }
    }

    @Test
    void d11_noSuiteWithoutIntegrityCanBeMade() {
        SecretBytes none = SecretBytes.copyOf(new byte[0]);
        for (EncryptionAlgorithm encryption : EncryptionAlgorithm.values()) {
            for (IntegrityAlgorithm integrity : IntegrityAlgorithm.values()) {
                if (encryption.isAead() == (integrity == IntegrityAlgorithm.NONE)) {
                    EspSuite suite = new EspSuite(encryption, integrity, SequenceNumbers.SHORT_32);
                    assertThat(suite.icvBytes()).isGreaterThanOrEqualTo(12);
                    continue;
                }
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> new EspSuite(encryption, integrity, SequenceNumbers.SHORT_32));
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EspProposal(
                        List.of(EncryptionAlgorithm.AES_CBC_256),
                        List.of(),
                        List.of(KeyExchangeMethod.ECP_256),
                        List.of(SequenceNumbers.SHORT_32)));
        EspSaParameters noIntegrityKey = new EspSaParameters(
                EspFixture.SPI,
                EspFixture.CBC,
                new EspKeys(EspFixture.keys(EspFixture.CBC).encryption(), none),
                EspFixture.everything(),
                EspFixture.everything(),
                64);
        assertThatIllegalArgumentException().isThrownBy(() -> new InboundSa(noIntegrityKey, PacketCipherEngine.jdk()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutboundSa(noIntegrityKey, PacketCipherEngine.jdk(), EspFixture.entropy(1)));
    }

    @Test
    void d12_paddingOtherThanOneTwoThreeIsDropped() {
        byte[] inner = EspFixture.ipv4(41, 0);
        assertThat(openText(text(inner, new byte[] {1, 2, 3, 4, 5}, 5, 4))).isEqualTo(EspVerdict.OK);
        assertThat(openText(text(inner, new byte[] {0}, 1, 4))).isEqualTo(EspVerdict.BAD_PADDING);
        assertThat(openText(text(inner, new byte[] {1, 2, 3, 5}, 4, 4))).isEqualTo(EspVerdict.BAD_PADDING);
        assertThat(openText(text(inner, new byte[] {2, 2, 3, 4}, 4, 4))).isEqualTo(EspVerdict.BAD_PADDING);
        assertThat(openText(text(inner, new byte[5], 5, 4))).isEqualTo(EspVerdict.BAD_PADDING);
    }

    @Test
    void d12_padLengthBeyondTheDataIsDropped() {
        byte[] counting = new byte[255];
        for (int i = 0; i < 255; i++) {
            counting[i] = (byte) (i + 1);
        }
        assertThat(openText(text(new byte[0], counting, 255, 4))).isEqualTo(EspVerdict.INNER_MALFORMED);
        assertThat(openText(text(new byte[0], Arrays.copyOf(counting, 254), 255, 4)))
                .isEqualTo(EspVerdict.BAD_PADDING);
        assertThat(openText(text(new byte[0], new byte[0], 1, 4))).isEqualTo(EspVerdict.BAD_PADDING);
        assertThat(openText(text(new byte[0], new byte[0], 0, 4))).isEqualTo(EspVerdict.INNER_MALFORMED);
    }

    @Test
    void d12_aDummyPacketIsDiscardedAndStillCounts() {
        assertThat(openText(text(new byte[30], new byte[0], 0, 59))).isEqualTo(EspVerdict.DUMMY);
        assertThat(openText(text(new byte[0], new byte[] {1, 2}, 2, 59))).isEqualTo(EspVerdict.DUMMY);
    }

    @Test
    void d12_onlyIpv4AndIpv6AreTakenAndTheVersionMustAgree() {
        byte[] ipv4 = EspFixture.ipv4(60, 0);
        byte[] ipv6 = EspFixture.ipv6(60, 0);
        for (int nextHeader = 0; nextHeader < 256; nextHeader++) {
            EspVerdict other = switch (nextHeader) {
                case 4, 41 -> EspVerdict.INNER_MALFORMED;
                case 59 -> EspVerdict.DUMMY;
                default -> EspVerdict.UNSUPPORTED_NEXT_HEADER;
            };
            assertThat(openText(text(ipv4, new byte[0], 0, nextHeader)))
                    .isEqualTo(nextHeader == 4 ? EspVerdict.OK : other);
            assertThat(openText(text(ipv6, new byte[0], 0, nextHeader)))
                    .isEqualTo(nextHeader == 41 ? EspVerdict.OK : other);
        }
    }

    @Test
    void trafficFlowPaddingBehindTheInnerPacketIsCutOff() {
        byte[] inner = EspFixture.ipv4(60, 0);
        assertThat(openText(text(Arrays.copyOf(inner, 200), new byte[] {1, 2}, 2, 4)))
                .isEqualTo(EspVerdict.OK);
        assertThat(decapsulator.resultLength()).isEqualTo(60);
        byte[] ipv6 = EspFixture.ipv6(60, 0);
        assertThat(openText(text(Arrays.copyOf(ipv6, 300), new byte[0], 0, 41))).isEqualTo(EspVerdict.OK);
        assertThat(decapsulator.resultLength()).isEqualTo(60);
    }

    @Test
    void anInnerPacketLongerThanThePayloadIsDropped() {
        byte[] inner = EspFixture.ipv4(60, 0);
        byte[] ipv6 = EspFixture.ipv6(60, 0);
        for (int length = 0; length < 60; length++) {
            assertThat(openText(text(Arrays.copyOf(inner, length), new byte[0], 0, 4)))
                    .isEqualTo(EspVerdict.INNER_MALFORMED);
            assertThat(openText(text(Arrays.copyOf(ipv6, length), new byte[0], 0, 41)))
                    .isEqualTo(EspVerdict.INNER_MALFORMED);
        }
    }

    private static byte[] text(byte[] payload, byte[] padding, int padLength, int nextHeader) {
        byte[] text = Arrays.copyOf(payload, payload.length + padding.length + 2);
        System.arraycopy(padding, 0, text, payload.length, padding.length);
        text[text.length - 2] = (byte) padLength;
        text[text.length - 1] = (byte) nextHeader;
        return text;
    }

    @Provide
    Arbitrary<byte[]> authenticTexts() {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(2).ofMaxSize(200);
    }

    @Property(tries = 1000)
    void d12_noAuthenticContentThrowsOrLeavesItsPacket(
            @ForAll("authenticTexts") byte[] text, @ForAll @IntRange(max = 7) int shape) {
        if (shape < 4) {
            text[text.length - 1] = (byte) (shape % 2 == 0 ? 4 : 41);
            text[text.length - 2] = 0;
            text[0] = (byte) (shape % 2 == 0 ? 0x45 : 0x60);
        }
        if (openText(text) == EspVerdict.OK) {
            assertThat(decapsulator.resultOffset()).isEqualTo(16);
            assertThat(decapsulator.resultLength()).isBetween(20, text.length - 2);
        }
    }
}
