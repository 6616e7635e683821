package io.twinspan.crypto.esp;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.suite.EspSuite;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EspRoundTripTest {
    @Provide
    Arbitrary<EspSuite> suites() {
        return Arbitraries.of(EspFixture.allSuites());
    }

    @Property(tries = 400)
    void openGivesWhatSealTook(
            @ForAll("suites") EspSuite suite,
            @ForAll @IntRange(min = 40, max = 9000) int length,
            @ForAll @IntRange(max = 70) int spare,
            @ForAll boolean ipv6) {
        byte[] inner = ipv6 ? EspFixture.ipv6(length, 0x28) : EspFixture.ipv4(length - 20, 0x28);
        OutboundSa outbound = EspFixture.outbound(suite);
        int offset = outbound.headroomBytes() + spare;
        byte[] buffer = EspFixture.around(inner, offset);
        byte[] original = buffer.clone();
        EspEncapsulator encapsulator = new EspEncapsulator(true);

        assertThat(encapsulator.seal(outbound, buffer, offset, inner.length)).isEqualTo(EspVerdict.OK);
        int start = encapsulator.resultOffset();
        int end = start + encapsulator.resultLength();
        assertThat(start).isEqualTo(spare);
        assertThat(end).isEqualTo(offset + inner.length + outbound.tailroomBytes(inner.length));
        assertThat((end - start - outbound.headroomBytes() - suite.icvBytes())
                        % suite.encryption().alignmentBytes())
                .isZero();
        assertThat(Arrays.equals(buffer, 0, start, original, 0, start)).isTrue();
        assertThat(Arrays.equals(buffer, end, buffer.length, original, end, buffer.length))
                .isTrue();
        assertThat(encapsulator.outerTos()).isEqualTo(0x28);

        EspDecapsulator decapsulator = new EspDecapsulator();
        InboundSa inbound = EspFixture.inbound(suite);
        assertThat(decapsulator.open(inbound, buffer, start, end - start, encapsulator.outerTos()))
                .isEqualTo(EspVerdict.OK);
        assertThat(decapsulator.wasAuthentic()).isTrue();
        assertThat(decapsulator.resultOffset()).isEqualTo(offset);
        assertThat(Arrays.copyOfRange(buffer, offset, offset + decapsulator.resultLength()))
                .isEqualTo(inner);
        assertThat(inbound.highestSequence()).isEqualTo(1);
    }

    @Property(tries = 400)
    void d1_anyFlippedBitIsRefusedAndChangesNeitherWindowNorBuffer(
            @ForAll("suites") EspSuite suite, @ForAll @IntRange(min = 20, max = 300) int length, @ForAll int seed) {
        OutboundSa outbound = EspFixture.outboundAfter(suite, 99);
        InboundSa inbound = EspFixture.inbound(suite, 64);
        EspDecapsulator decapsulator = new EspDecapsulator();
        byte[] first = EspFixture.sealed(outbound, EspFixture.ipv4(length, 0));
        byte[] packet = EspFixture.sealed(outbound, EspFixture.ipv4(length, 0));
        byte[] again = first.clone();
        assertThat(decapsulator.open(inbound, first, 0, first.length, 0)).isEqualTo(EspVerdict.OK);

        int bit = Math.floorMod(seed, packet.length * 8);
        byte[] forged = packet.clone();
        forged[bit >> 3] ^= (byte) (1 << (bit & 7));
        byte[] before = forged.clone();
        assertThat(decapsulator.open(inbound, forged, 0, forged.length, 0)).isNotEqualTo(EspVerdict.OK);
        assertThat(decapsulator.wasAuthentic()).isFalse();
        assertThat(decapsulator.resultLength()).isZero();
        assertThat(forged).isEqualTo(before);
        assertThat(inbound.highestSequence()).isEqualTo(100);

        assertThat(decapsulator.open(inbound, packet, 0, packet.length, 0)).isEqualTo(EspVerdict.OK);
        assertThat(decapsulator.open(inbound, again, 0, again.length, 0)).isEqualTo(EspVerdict.REPLAYED);
    }

    static java.util.List<EspSuite> allSuites() {
        return EspFixture.allSuites();
    }

    @ParameterizedTest
    @MethodSource("allSuites")
    void everyBitOfAShortPacketIsProtected(EspSuite suite) {
        byte[] packet = EspFixture.sealed(EspFixture.outbound(suite), EspFixture.ipv4(28, 0));
        InboundSa inbound = EspFixture.inbound(suite);
        EspDecapsulator decapsulator = new EspDecapsulator();
        for (int bit = 0; bit < packet.length * 8; bit++) {
            packet[bit >> 3] ^= (byte) (1 << (bit & 7));
            byte[] before = packet.clone();
            assertThat(decapsulator.open(inbound, packet, 0, packet.length, 0))
                    .isIn(EspVerdict.BAD_ICV, EspVerdict.WRONG_SPI, EspVerdict.REPLAYED);
            assertThat(packet).isEqualTo(before);
            packet[bit >> 3] ^= (byte) (1 << (bit & 7));
        }
        assertThat(inbound.highestSequence()).isZero();
        assertThat(decapsulator.open(inbound, packet, 0, packet.length, 0)).isEqualTo(EspVerdict.OK);
    }

    @Test
    void sealRefusesAPacketWithoutRoomAroundIt() {
        OutboundSa outbound = EspFixture.outbound(EspFixture.CBC);
        EspEncapsulator encapsulator = new EspEncapsulator(true);
        byte[] inner = EspFixture.ipv4(100, 0);
        int headroom = outbound.headroomBytes();
        int tailroom = outbound.tailroomBytes(100);
        byte[] exact = new byte[headroom + 100 + tailroom];
        System.arraycopy(inner, 0, exact, headroom, 100);
        byte[] tight = Arrays.copyOf(exact, exact.length - 1);

        assertThat(encapsulator.seal(outbound, tight, headroom, 100)).isEqualTo(EspVerdict.NO_ROOM);
        assertThat(encapsulator.seal(outbound, exact, headroom - 1, 100)).isEqualTo(EspVerdict.NO_ROOM);
        assertThat(encapsulator.seal(outbound, exact, headroom, -1)).isEqualTo(EspVerdict.NO_ROOM);
        assertThat(encapsulator.seal(outbound, exact, headroom, Integer.MAX_VALUE))
                .isEqualTo(EspVerdict.NO_ROOM);
        assertThat(outbound.lastSequence()).isZero();
        assertThat(encapsulator.seal(outbound, exact, headroom, 100)).isEqualTo(EspVerdict.OK);
    }

    @Test
    void sealRefusesWhatIsNoIpPacket() {
        OutboundSa outbound = EspFixture.outbound(EspFixture.GCM);
        EspEncapsulator encapsulator = new EspEncapsulator(true);
        byte[] longer = EspFixture.ipv4(100, 0);
        EspFixture.putShort(longer, 2, 101);
        byte[] version5 = EspFixture.ipv4(100, 0);
        version5[0] = 0x55;
        byte[] shortHeader = EspFixture.ipv4(100, 0);
        shortHeader[0] = 0x44;
        for (byte[] inner : new byte[][] {longer, version5, shortHeader, new byte[19], new byte[0]}) {
            byte[] buffer = EspFixture.around(inner, 24);
            assertThat(encapsulator.seal(outbound, buffer, 24, inner.length)).isEqualTo(EspVerdict.INNER_MALFORMED);
        }
        assertThat(outbound.lastSequence()).isZero();
    }

    @Test
    void theOuterHeaderGetsDscpOnlyWhereWanted() {
        byte[] buffer = EspFixture.around(EspFixture.ipv4(100, 0xb9), 24);
        EspEncapsulator plain = new EspEncapsulator(false);
        assertThat(plain.seal(EspFixture.outbound(EspFixture.GCM), buffer, 24, 100))
                .isEqualTo(EspVerdict.OK);
        assertThat(plain.outerTos()).isEqualTo(1);
    }
}
