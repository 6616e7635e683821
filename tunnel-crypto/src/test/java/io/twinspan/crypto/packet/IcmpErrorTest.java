package io.twinspan.crypto.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IcmpErrorTest {
    private static final int GATEWAY = 0xa9fe0a02;
    private static final byte[] GATEWAY_V6 = HexFormat.of().parseHex("fe800000000000000000000000000001");
    private static final byte[] NO_OPTIONS = {};

    @Test
    void e24_fragmentationNeededCarriesTheMtuAndQuotesThePacket() {
        byte[] packet = PacketFixture.ipv4(17, 0x4000, NO_OPTIONS, new byte[1400]);
        byte[] error = fragmentationNeeded(packet);
        assertThat(error).hasSize(Icmpv4Error.MAX_BYTES);
        assertThat(Ipv4View.check(error, 0, error.length)).isEqualTo(HeaderVerdict.OK);
        assertThat(Ipv4View.checksumValid(error, 0)).isTrue();
        assertThat(Ipv4View.source(error, 0)).isEqualTo(GATEWAY);
        assertThat(Ipv4View.destination(error, 0)).isEqualTo(PacketFixture.SOURCE);
        assertThat(Ipv4View.protocol(error, 0)).isEqualTo(IpPacket.PROTOCOL_ICMP);
        assertThat(Ipv4View.typeOfService(error, 0)).isEqualTo(0xc0);
        assertThat(HexFormat.of().formatHex(error, 20, 22)).isEqualTo("0304");
        assertThat(HexFormat.of().formatHex(error, 24, 28)).isEqualTo("0000059e");
        assertThat(PacketFixture.naiveChecksum(error, 20, error.length - 20)).isZero();
        assertThat(Arrays.copyOfRange(error, 28, 576)).isEqualTo(Arrays.copyOf(packet, 548));
    }

    @ParameterizedTest
    @CsvSource({"NET,0", "HOST,1", "ADMINISTRATIVELY_PROHIBITED,13"})
    void unreachableCarriesItsCode(Icmpv4Error.Unreachable reason, int code) {
        byte[] packet = PacketFixture.ipv4(6, 0, NO_OPTIONS, new byte[20]);
        byte[] target = new byte[Icmpv4Error.MAX_BYTES];
        assertThat(Icmpv4Error.unreachable(reason, packet, 0, packet.length, GATEWAY, target, 0))
                .isEqualTo(68);
        assertThat(target[20]).isEqualTo((byte) 3);
        assertThat(target[21]).isEqualTo((byte) code);
        assertThat(NetworkOrder.quad(target, 24)).isZero();
        assertThat(PacketFixture.naiveChecksum(target, 20, 48)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 11, 12, 1, 99})
    void noErrorAboutAnIcmpError(int type) {
        assertThat(fragmentationNeeded(PacketFixture.ipv4(1, 0, NO_OPTIONS, new byte[] {(byte) type, 0, 0, 0})))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 13, 42})
    void anErrorAboutAnIcmpQuery(int type) {
        assertThat(fragmentationNeeded(PacketFixture.ipv4(1, 0, NO_OPTIONS, new byte[] {(byte) type, 0, 0, 0})))
                .isNotEmpty();
    }

    @Test
    void noErrorAboutALaterFragmentButAboutTheFirst() {
        assertThat(fragmentationNeeded(PacketFixture.ipv4(17, 0x0001, NO_OPTIONS, new byte[8])))
                .isEmpty();
        assertThat(fragmentationNeeded(PacketFixture.ipv4(17, 0x2000, NO_OPTIONS, new byte[8])))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "00000001", "7f000001", "e0000001", "efffffff", "f0000001", "ffffffff"})
    void noErrorToAnAddressThatIsNoSingleHost(String source) {
        assertThat(fragmentationNeeded(addressed(source, "0a000002"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"e0000005", "efffffff", "ffffffff"})
    void noErrorAboutAGroupOrBroadcastDestination(String destination) {
        assertThat(fragmentationNeeded(addressed("0a000001", destination))).isEmpty();
    }

    @Test
    void noErrorAboutAPacketWithABrokenHeader() {
        byte[] packet = PacketFixture.ipv4(17, 0, NO_OPTIONS, new byte[8]);
        packet[10] ^= 1;
        assertThat(fragmentationNeeded(packet)).isEmpty();
        assertThat(fragmentationNeeded(Arrays.copyOf(packet, 20))).isEmpty();
    }

    @Test
    void packetTooBigCarriesTheMtuAndQuotesThePacket() {
        byte[] packet = PacketFixture.ipv6(17, new byte[1400]);
        byte[] error = packetTooBig(packet);
        assertThat(error).hasSize(Icmpv6Error.MAX_BYTES);
        assertThat(Ipv6View.check(error, 0, error.length)).isEqualTo(HeaderVerdict.OK);
        assertThat(Ipv6View.nextHeader(error, 0)).isEqualTo(IpPacket.PROTOCOL_ICMPV6);
        assertThat(Arrays.copyOfRange(error, 8, 24)).isEqualTo(GATEWAY_V6);
        assertThat(Arrays.copyOfRange(error, 24, 40)).isEqualTo(PacketFixture.SOURCE_V6);
        assertThat(HexFormat.of().formatHex(error, 40, 42)).isEqualTo("0200");
        assertThat(NetworkOrder.quad(error, 44)).isEqualTo(1438);
        assertThat(PacketFixture.transportChecksumV6(error, 40, 58)).isZero();
        assertThat(Arrays.copyOfRange(error, 48, 1280)).isEqualTo(Arrays.copyOf(packet, 1232));
    }

    @ParameterizedTest
    @CsvSource({"NO_ROUTE,0", "ADMINISTRATIVELY_PROHIBITED,1", "ADDRESS,3"})
    void unreachableV6CarriesItsCode(Icmpv6Error.Unreachable reason, int code) {
        byte[] packet = PacketFixture.ipv6(6, new byte[20]);
        byte[] target = new byte[Icmpv6Error.MAX_BYTES];
        int size = Icmpv6Error.unreachable(reason, packet, 0, packet.length, GATEWAY_V6, target, 0);
        assertThat(size).isEqualTo(108);
        assertThat(target[40]).isEqualTo((byte) 1);
        assertThat(target[41]).isEqualTo((byte) code);
        assertThat(PacketFixture.transportChecksumV6(Arrays.copyOf(target, size), 40, 58))
                .isZero();
    }

    @Test
    void noErrorAboutIcmpv6ErrorsAndRedirects() {
        for (int type : new int[] {0, 1, 2, 3, 4, 127, 137}) {
            assertThat(packetTooBig(PacketFixture.ipv6(58, new byte[] {(byte) type, 0, 0, 0})))
                    .isEmpty();
        }
        assertThat(packetTooBig(PacketFixture.ipv6(58, new byte[0]))).isEmpty();
        assertThat(packetTooBig(PacketFixture.ipv6(58, new byte[] {(byte) 128, 0, 0, 0})))
                .isNotEmpty();
    }

    @Test
    void noErrorToNobodyOrAGroupAndOnlyTooBigAboutAGroup() {
        byte[] fromNobody = PacketFixture.ipv6(17, new byte[8]);
        Arrays.fill(fromNobody, 8, 24, (byte) 0);
        byte[] fromGroup = PacketFixture.ipv6(17, new byte[8]);
        fromGroup[8] = (byte) 0xff;
        byte[] toGroup = PacketFixture.ipv6(17, new byte[8]);
        toGroup[24] = (byte) 0xff;
        byte[] laterFragment = PacketFixture.ipv6(44, HexFormat.of().parseHex("1100000800000000"));
        assertThat(packetTooBig(fromNobody)).isEmpty();
        assertThat(packetTooBig(fromGroup)).isEmpty();
        assertThat(packetTooBig(toGroup)).isNotEmpty();
        assertThat(packetTooBig(laterFragment)).isNotEmpty();
        assertThat(unreachableV6(toGroup)).isZero();
        assertThat(unreachableV6(laterFragment)).isZero();
    }

    private static byte[] fragmentationNeeded(byte[] packet) {
        byte[] target = new byte[Icmpv4Error.MAX_BYTES + 3];
        int size = Icmpv4Error.fragmentationNeeded(1438, packet, 0, packet.length, GATEWAY, target, 3);
        return Arrays.copyOfRange(target, 3, 3 + size);
    }

    private static byte[] packetTooBig(byte[] packet) {
        byte[] target = new byte[Icmpv6Error.MAX_BYTES + 3];
        int size = Icmpv6Error.packetTooBig(1438, packet, 0, packet.length, GATEWAY_V6, target, 3);
        return Arrays.copyOfRange(target, 3, 3 + size);
    }

    private static int unreachableV6(byte[] packet) {
        byte[] target = new byte[Icmpv6Error.MAX_BYTES];
        return Icmpv6Error.unreachable(
                Icmpv6Error.Unreachable.NO_ROUTE, packet, 0, packet.length, GATEWAY_V6, target, 0);
    }

    private static byte[] addressed(String source, String destination) {
        byte[] packet = PacketFixture.ipv4(17, 0, NO_OPTIONS, new byte[8]);
        HexFormat hex = HexFormat.of();
        ByteBuffer.wrap(packet).put(12, hex.parseHex(source)).put(16, hex.parseHex(destination));
        ByteBuffer.wrap(packet).putShort(10, (short) 0);
        ByteBuffer.wrap(packet).putShort(10, (short) PacketFixture.naiveChecksum(packet, 0, 20));
        return packet;
    }
}
