package io.twinspan.crypto.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class HeaderViewTest {
    private static final byte[] NO_OPTIONS = {};

    @Test
    void readsTheFieldsOfAnIpv4Header() {
        byte[] packet = PacketFixture.ipv4(17, 0x6003, new byte[4], new byte[16]);
        assertThat(Ipv4View.check(packet, 0, packet.length)).isEqualTo(HeaderVerdict.OK);
        assertThat(Ipv4View.checksumValid(packet, 0)).isTrue();
        assertThat(Ipv4View.headerBytes(packet, 0)).isEqualTo(24);
        assertThat(Ipv4View.totalBytes(packet, 0)).isEqualTo(40);
        assertThat(Ipv4View.identification(packet, 0)).isEqualTo(0x1234);
        assertThat(Ipv4View.dontFragment(packet, 0)).isTrue();
        assertThat(Ipv4View.moreFragments(packet, 0)).isTrue();
        assertThat(Ipv4View.fragmentOffsetBytes(packet, 0)).isEqualTo(24);
        assertThat(Ipv4View.protocol(packet, 0)).isEqualTo(IpPacket.PROTOCOL_UDP);
        assertThat(Ipv4View.source(packet, 0)).isEqualTo(PacketFixture.SOURCE);
        assertThat(Ipv4View.destination(packet, 0)).isEqualTo(PacketFixture.DESTINATION);
    }

    @Test
    void namesWhatIsWrongWithAnIpv4Header() {
        byte[] packet = PacketFixture.ipv4(17, 0, NO_OPTIONS, new byte[8]);
        assertThat(Ipv4View.check(packet, 0, 19)).isEqualTo(HeaderVerdict.TRUNCATED_HEADER);
        assertThat(Ipv4View.check(packet, 0, 27)).isEqualTo(HeaderVerdict.BAD_TOTAL_LENGTH);
        assertThat(Ipv4View.check(with(packet, 0, 0x65), 0, 28)).isEqualTo(HeaderVerdict.WRONG_VERSION);
        assertThat(Ipv4View.check(with(packet, 0, 0x44), 0, 28)).isEqualTo(HeaderVerdict.BAD_HEADER_LENGTH);
        assertThat(Ipv4View.check(with(packet, 0, 0x4f), 0, 28)).isEqualTo(HeaderVerdict.BAD_HEADER_LENGTH);
        assertThat(Ipv4View.check(with(packet, 3, 19), 0, 28)).isEqualTo(HeaderVerdict.BAD_TOTAL_LENGTH);
        assertThat(Ipv4View.checksumValid(with(packet, 8, 63), 0)).isFalse();
    }

    @Test
    void e25_aFragmentBeforeTheLastIsWholeUnitsOfEightOctets() {
        int more = 0x2000;
        for (int payload = 0; payload <= 64; payload++) {
            byte[] fragment = PacketFixture.ipv4(17, more | 7, NO_OPTIONS, new byte[payload]);
            assertThat(Ipv4View.check(fragment, 0, fragment.length))
                    .isEqualTo(payload > 0 && payload % 8 == 0 ? HeaderVerdict.OK : HeaderVerdict.BAD_FRAGMENT);
            byte[] last = PacketFixture.ipv4(17, 7, NO_OPTIONS, new byte[payload]);
            assertThat(Ipv4View.check(last, 0, last.length)).isEqualTo(HeaderVerdict.OK);
        }
    }

    @Test
    void d8_aFragmentThatEndsPastTheLongestPacketIsNone() {
        for (int payload = 0; payload <= 60; payload++) {
            byte[] fragment = PacketFixture.ipv4(1, 8188, NO_OPTIONS, new byte[payload]);
            assertThat(Ipv4View.check(fragment, 0, fragment.length))
                    .isEqualTo(payload + 20 + 8188 * 8 <= 65_535 ? HeaderVerdict.OK : HeaderVerdict.BAD_FRAGMENT);
        }
    }

    @Test
    void octetsBehindThePacketAreAllowed() {
        byte[] packet = PacketFixture.ipv4(17, 0, NO_OPTIONS, new byte[8]);
        assertThat(IpPacket.check(Arrays.copyOf(packet, 60), 0, 60)).isEqualTo(HeaderVerdict.OK);
        assertThat(IpPacket.totalBytes(packet, 0)).isEqualTo(28);
    }

    @Property
    void everyChangeToAnIpv4HeaderKeepsItsChecksumRight(
            @ForAll @IntRange(max = 255) int tos, @ForAll @IntRange(max = 0x7fff) int flagsAndOffset) {
        byte[] packet = PacketFixture.ipv4(6, flagsAndOffset, NO_OPTIONS, new byte[20]);
        Ipv4View.setTypeOfService(packet, 0, tos);
        assertThat(Ipv4View.typeOfService(packet, 0)).isEqualTo(tos);
        assertThat(Ipv4View.dontFragment(packet, 0)).isEqualTo((flagsAndOffset & 0x4000) != 0);
        assertThat(Ipv4View.moreFragments(packet, 0)).isEqualTo((flagsAndOffset & 0x2000) != 0);
        assertThat(Ipv4View.checksumValid(packet, 0)).isTrue();
    }

    @Test
    void writesAnIpv4HeaderThatItReadsBack() {
        byte[] packet = new byte[100];
        Ipv4View.write(packet, 8, 0xb8, 60, 50, 0xc0000201, 0xc6336401);
        assertThat(Ipv4View.check(packet, 8, 92)).isEqualTo(HeaderVerdict.OK);
        assertThat(Ipv4View.checksumValid(packet, 8)).isTrue();
        assertThat(HexFormat.of().formatHex(packet, 8, 18)).isEqualTo("45b8003c000040004032");
        assertThat(Ipv4View.source(packet, 8)).isEqualTo(0xc0000201);
        assertThat(Ipv4View.destination(packet, 8)).isEqualTo(0xc6336401);
    }

    @Test
    void readsAndChangesAnIpv6Header() {
        byte[] packet = PacketFixture.ipv6(6, new byte[20]);
        Ipv6View.setTrafficClass(packet, 0, 0xb9);
        assertThat(IpPacket.check(packet, 0, packet.length)).isEqualTo(HeaderVerdict.OK);
        assertThat(Ipv6View.trafficClass(packet, 0)).isEqualTo(0xb9);
        assertThat(IpPacket.totalBytes(packet, 0)).isEqualTo(60);
        assertThat(Ipv6View.sourceHigh(packet, 0)).isEqualTo(0xfd00_0000_0000_0000L);
        assertThat(Ipv6View.sourceLow(packet, 0)).isEqualTo(1);
        assertThat(Ipv6View.destinationHigh(packet, 0)).isEqualTo(0xfd00_0000_0000_0000L);
        assertThat(Ipv6View.destinationLow(packet, 0)).isEqualTo(2);
        assertThat(IpPacket.check(packet, 0, 39)).isEqualTo(HeaderVerdict.TRUNCATED_HEADER);
        assertThat(IpPacket.check(packet, 0, 59)).isEqualTo(HeaderVerdict.BAD_TOTAL_LENGTH);
    }

    @Test
    void knowsFragmentsOfBothVersionsTheFirstAndTheLastIncluded() {
        assertThat(isFragment(PacketFixture.ipv4(17, 0x4000, NO_OPTIONS, new byte[8])))
                .isFalse();
        assertThat(isFragment(PacketFixture.ipv4(17, 0x2000, NO_OPTIONS, new byte[8])))
                .isTrue();
        assertThat(isFragment(PacketFixture.ipv4(17, 1, NO_OPTIONS, new byte[8])))
                .isTrue();
        byte[] first = HexFormat.of().parseHex("1100000100000001");
        byte[] later = HexFormat.of().parseHex("1100000800000001");
        assertThat(isFragment(PacketFixture.ipv6(44, first))).isTrue();
        assertThat(isFragment(PacketFixture.ipv6(44, later))).isTrue();
        // Behind hop-by-hop options, RFC 8200 section 4.1.
        assertThat(isFragment(PacketFixture.ipv6(0, HexFormat.of().parseHex("2c000104000000001100000800000001"))))
                .isTrue();
        assertThat(isFragment(PacketFixture.ipv6(0, HexFormat.of().parseHex("11000104000000001111111111111111"))))
                .isFalse();
        assertThat(isFragment(PacketFixture.ipv6(17, new byte[8]))).isFalse();
        assertThat(isFragment(PacketFixture.ipv6(0, new byte[4]))).isFalse();
        assertThat(isFragment(PacketFixture.ipv6(0, HexFormat.of().parseHex("2cff010400000000"))))
                .describedAs("a chain that is cut off")
                .isFalse();
    }

    private static boolean isFragment(byte[] packet) {
        assertThat(IpPacket.check(packet, 0, packet.length)).isEqualTo(HeaderVerdict.OK);
        return IpPacket.isFragment(packet, 0);
    }

    @Test
    void walksPastTheExtensionHeadersOfIpv6() {
        // Hop-by-hop (8 octets), authentication (16, counted in fours), first fragment (8), then UDP.
        byte[] chain = HexFormat.of().parseHex("3300000000000000" + "2c02" + "00".repeat(14) + "1100000100000000");
        int found = Ipv6View.upperLayer(PacketFixture.ipv6(0, Arrays.copyOf(chain, chain.length + 8)), 0);
        assertThat(Ipv6View.upperLayerProtocol(found)).isEqualTo(IpPacket.PROTOCOL_UDP);
        assertThat(Ipv6View.upperLayerOffset(found)).isEqualTo(72);
        assertThat(Ipv6View.isFragment(found)).isTrue();
        assertThat(Ipv6View.isFragment(Ipv6View.upperLayer(PacketFixture.ipv6(17, new byte[8]), 0)))
                .isFalse();
    }

    @Test
    void findsNoUpperLayerInLaterFragmentsEndsAndEndlessChains() {
        byte[] laterFragment = HexFormat.of().parseHex("1100000800000000" + "00".repeat(8));
        byte[] cutOff = HexFormat.of().parseHex("1104000000000000");
        byte[] endless = new byte[8 * (Ipv6View.MAX_EXTENSION_HEADERS + 1)];
        assertThat(Ipv6View.upperLayer(PacketFixture.ipv6(44, laterFragment), 0))
                .isEqualTo(Ipv6View.NO_UPPER_LAYER);
        assertThat(Ipv6View.upperLayer(PacketFixture.ipv6(60, cutOff), 0)).isEqualTo(Ipv6View.NO_UPPER_LAYER);
        assertThat(Ipv6View.upperLayer(PacketFixture.ipv6(59, new byte[8]), 0)).isEqualTo(Ipv6View.NO_UPPER_LAYER);
        assertThat(Ipv6View.upperLayer(PacketFixture.ipv6(0, endless), 0)).isEqualTo(Ipv6View.NO_UPPER_LAYER);
        endless[endless.length - 16] = 17;
        int atTheLimit = Ipv6View.upperLayer(PacketFixture.ipv6(0, Arrays.copyOf(endless, endless.length - 8)), 0);
        assertThat(Ipv6View.upperLayerProtocol(atTheLimit)).isEqualTo(17);
    }

    @Property
    void noOctetsMakeAnythingThrow(@ForAll @Size(max = 120) byte[] octets, @ForAll boolean six) {
        if (octets.length > 0) {
            octets[0] = (byte) ((six ? 0x60 : 0x40) | (octets[0] & 15));
        }
        byte[] target = new byte[Icmpv6Error.MAX_BYTES];
        if (IpPacket.check(octets, 0, octets.length) == HeaderVerdict.OK) {
            assertThat(IpPacket.totalBytes(octets, 0)).isLessThanOrEqualTo(octets.length);
            if (six) {
                int found = Ipv6View.upperLayer(octets, 0);
                assertThat(found == Ipv6View.NO_UPPER_LAYER || Ipv6View.upperLayerOffset(found) <= octets.length)
                        .isTrue();
            }
        }
        TcpMssClamp.clamp(octets, 0, octets.length, 1000, 1000);
        Ipv4Fragmenter.count(octets, 0, octets.length, 68);
        assertThat(Icmpv4Error.fragmentationNeeded(1400, octets, 0, octets.length, 1, target, 0))
                .isLessThanOrEqualTo(Icmpv4Error.MAX_BYTES);
        assertThat(Icmpv6Error.packetTooBig(1400, octets, 0, octets.length, new byte[16], target, 0))
                .isLessThanOrEqualTo(Icmpv6Error.MAX_BYTES);
    }

    private static byte[] with(byte[] packet, int place, int octet) {
        byte[] changed = packet.clone();
        changed[place] = (byte) octet;
        return changed;
    }
}
