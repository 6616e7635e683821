package io.twinspan.crypto.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TcpMssClampTest {
    private static final int SYN = 0x02;
    private static final int SYN_ACK = 0x12;
    private static final int ACK = 0x10;
    private static final int MSS_V4 = 1379;
    private static final int MSS_V6 = 1359;
    private static final byte[] MSS_1460 = hex("020405b4");

    @ParameterizedTest
    @ValueSource(ints = {SYN, SYN_ACK, SYN | 0xc0})
    void lowersTheMssOfEverySynAndMendsTheChecksum(int flags) {
        byte[] packet = PacketFixture.tcpOverV4(flags, MSS_1460, new byte[0]);
        assertThat(clamp(packet)).isTrue();
        assertThat(NetworkOrder.word(packet, 42)).isEqualTo(MSS_V4);
        assertThat(PacketFixture.transportChecksumV4(packet)).isZero();
    }

    @Test
    void findsTheOptionBehindOthersAtAnOddPlace() {
        // Window scale, one padding octet, SACK permitted, then MSS at an odd place; behind it timestamps.
        byte[] packet = PacketFixture.tcpOverV4(
                SYN, hex("030307" + "0402" + "01" + "01" + "020405b4" + "080a0000000100000000"), new byte[3]);
        assertThat(clamp(packet)).isTrue();
        assertThat(NetworkOrder.word(packet, 40 + 7 + 2)).isEqualTo(MSS_V4);
        assertThat(PacketFixture.transportChecksumV4(packet)).isZero();
    }

    /** Linux takes the last one with a right length, and goes past one with a wrong length. */
    @ParameterizedTest
    @ValueSource(strings = {"020405b4020405b4", "02040200020405b4", "0203ff020405b400", "02060405b400020405b40000"})
    void lowersEachMssThatAReceiverCouldTake(String options) {
        byte[] packet = PacketFixture.tcpOverV4(SYN, hex(options), new byte[0]);
        assertThat(clamp(packet)).isTrue();
        assertThat(HexFormat.of().formatHex(packet)).doesNotContain("020405b4");
        assertThat(PacketFixture.transportChecksumV4(packet)).isZero();
    }

    @Test
    void clampsIpv6AlsoBehindExtensionHeaders() {
        byte[] plain = PacketFixture.tcpOverV6(IpPacket.PROTOCOL_TCP, new byte[0], SYN, MSS_1460);
        byte[] extended = PacketFixture.tcpOverV6(60, hex("0600010400000000"), SYN_ACK, MSS_1460);
        assertThat(clamp(plain)).isTrue();
        assertThat(clamp(extended)).isTrue();
        assertThat(NetworkOrder.word(plain, 62)).isEqualTo(MSS_V6);
        assertThat(NetworkOrder.word(extended, 70)).isEqualTo(MSS_V6);
        assertThat(PacketFixture.transportChecksumV6(plain, 40, 6)).isZero();
        assertThat(PacketFixture.transportChecksumV6(extended, 48, 6)).isZero();
    }

    @Test
    void leavesAloneWhatIsNoSynOrHasNoMss() {
        assertUnchanged(PacketFixture.tcpOverV4(ACK, MSS_1460, new byte[0]));
        assertUnchanged(PacketFixture.tcpOverV4(SYN, hex("01010101"), new byte[0]));
        assertUnchanged(PacketFixture.tcpOverV4(SYN, new byte[0], new byte[0]));
        byte[] udp = PacketFixture.tcpOverV4(SYN, MSS_1460, new byte[0]);
        udp[9] = 17;
        assertUnchanged(udp);
        byte[] laterFragment = PacketFixture.tcpOverV4(SYN, MSS_1460, new byte[0]);
        laterFragment[7] = 1;
        assertUnchanged(laterFragment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00020405b4",
                "0200",
                "0201ffff",
                "020305b4",
                "02060405b400",
                "0300020405b4",
                "1eff020405b4",
                "020405"
            })
    void leavesMalformedOptionsAlone(String options) {
        assertUnchanged(PacketFixture.tcpOverV4(SYN, hex(options), new byte[0]));
    }

    @Test
    void looksNoFurtherThanTheDataOffset() {
        byte[] packet = PacketFixture.tcpOverV4(SYN, MSS_1460, new byte[0]);
        packet[20 + 12] = 0x50;
        assertUnchanged(packet);
        packet[20 + 12] = 0x10;
        assertUnchanged(packet);
    }

    @Property
    void neverRaisesAndKeepsTheChecksumRight(
            @ForAll @IntRange(max = 0xffff) int announced, @ForAll @IntRange(max = 0xffff) int limit) {
        byte[] option = {1, 2, 4, (byte) (announced >> 8), (byte) announced};
        byte[] packet = PacketFixture.tcpOverV4(SYN, option, new byte[] {1, 2, 3});
        boolean changed = TcpMssClamp.clamp(packet, 0, packet.length, limit, 0);
        assertThat(changed).isEqualTo(announced > limit);
        assertThat(NetworkOrder.word(packet, 43)).isEqualTo(Math.min(announced, limit));
        assertThat(PacketFixture.transportChecksumV4(packet)).isZero();
    }

    @Property
    void whateverTheOptionsAreTheChecksumStaysRight(@ForAll @Size(max = 40) byte[] options) {
        byte[] packet = PacketFixture.tcpOverV4(SYN, options, new byte[0]);
        byte[] before = packet.clone();
        boolean changed = TcpMssClamp.clamp(packet, 0, packet.length, 536, 536);
        assertThat(changed).isEqualTo(!Arrays.equals(before, packet));
        assertThat(PacketFixture.transportChecksumV4(packet)).isZero();
    }

    private static boolean clamp(byte[] packet) {
        return TcpMssClamp.clamp(packet, 0, packet.length, MSS_V4, MSS_V6);
    }

    private static void assertUnchanged(byte[] packet) {
        byte[] before = packet.clone();
        assertThat(clamp(packet)).isFalse();
        assertThat(packet).isEqualTo(before);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
