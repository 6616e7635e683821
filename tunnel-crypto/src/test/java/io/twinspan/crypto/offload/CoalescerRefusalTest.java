package io.twinspan.crypto.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of what is never merged, by name. */
final class CoalescerRefusalTest extends CoalescerScene {
    @ParameterizedTest
    @ValueSource(ints = {PacketSketch.SYN, PacketSketch.RST, PacketSketch.URG, PacketSketch.CWR})
    void synRstUrgAndCwrAreNeverMerged(int flag) {
        PacketSketch first = tcp();
        PacketSketch odd = first.next().flags(PacketSketch.ACK | flag);
        addAll(first, odd);
        assertThat(tun.packets()).containsExactly(1, 1);
        PacketSketch another = odd.next();
        addAll(another, another.next());
        assertThat(tun.packets()).containsExactly(1, 1, 1, 1);
        assertThat(tun.writes.get(1).packet()).isEqualTo(odd.octets());
    }

    @Test
    void dataWithoutAckIsNeverMerged() {
        PacketSketch first = tcp().flags(0);
        assertThat(merged(first, first.next())).containsExactly(1, 1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void differentEcnIsNotMerged(PacketSketch kind) {
        kind.trafficClass = 0b10;
        assertNotMerged(kind, second -> second.trafficClass = 0b11);
        assertNotMerged(kind, second -> second.trafficClass = 0b01);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void differentDscpIsNotMerged(PacketSketch kind) {
        assertNotMerged(kind, second -> second.trafficClass = 0xb8);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void differentTimeToLiveIsNotMerged(PacketSketch kind) {
        assertNotMerged(kind, second -> second.timeToLive--);
    }

    @Test
    void differentFlowLabelIsNotMerged() {
        assertNotMerged(PacketSketch.tcpV6(), second -> second.flowLabel++);
        assertNotMerged(PacketSketch.udpV6(), second -> second.flowLabel++);
    }

    @Test
    void differentAcknowledgmentIsNotMerged() {
        assertNotMerged(PacketSketch.tcpV4(), second -> second.acknowledgment++);
    }

    @Test
    void differentWindowIsNotMerged() {
        assertNotMerged(PacketSketch.tcpV4(), second -> second.window++);
    }

    @Test
    void differentReservedBitsAreNotMerged() {
        assertNotMerged(PacketSketch.tcpV4(), second -> second.reserved = 1);
    }

    @Test
    void differentUrgentPointerIsNotMerged() {
        assertNotMerged(PacketSketch.tcpV4(), second -> second.urgentPointer = 1);
    }

    @Test
    void differentOptionsAreNotMerged() {
        PacketSketch first = tcp();
        first.tcpOptions = new byte[] {1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2};
        PacketSketch second = first.next();
        PacketSketch later = second.next();
        later.tcpOptions = new byte[] {1, 1, 8, 10, 0, 0, 0, 2, 0, 0, 0, 2};
        PacketSketch without = later.next();
        without.tcpOptions = new byte[0];
        assertThat(merged(first, second, later, without)).containsExactly(2, 1, 1);
    }

    @Test
    void aGapIsNotMerged() {
        assertNotMerged(PacketSketch.tcpV4(), second -> second.sequence += DATA);
    }

    @Test
    void whatComesAgainIsNotMerged() {
        assertNotMerged(PacketSketch.tcpV4(), second -> second.sequence -= DATA);
        assertNotMerged(PacketSketch.tcpV4(), second -> second.sequence -= 1);
    }

    @Test
    void differentDontFragmentIsNotMerged() {
        assertNotMerged(PacketSketch.tcpV4(), second -> second.fragmentWord = 0);
        assertNotMerged(PacketSketch.udpV4(), second -> second.fragmentWord = 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 77, -1})
    void identificationsOfAtomicPacketsMeanNothing(int step) {
        PacketSketch first = tcp();
        PacketSketch second = first.next();
        second.identification = (first.identification + step) & 0xffff;
        assertThat(merged(first, second)).containsExactly(2);
    }

    @Test
    void otherIdentificationsMustFollowEachOther() {
        PacketSketch first = tcp();
        first.fragmentWord = 0;
        first.identification = 0xfffe;
        PacketSketch second = first.next();
        PacketSketch third = second.next();
        PacketSketch fourth = third.next();
        fourth.identification++;
        assertThat(merged(first, second, third, fourth)).containsExactly(3, 1);
        assertNotMerged(unprotected(), next -> next.identification--);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x2000, 0x0001, 0x8000, 0xc000})
    void fragmentsAndTheReservedBitAreNotMergedAndKeepTheirPlace(int fragmentWord) {
        PacketSketch first = tcp();
        PacketSketch odd = first.next();
        odd.fragmentWord = fragmentWord;
        addAll(first, odd, odd.next());
        assertThat(tun.packets()).containsExactly(1, 1, 1);
        assertThat(tun.writes.get(1).packet()).isEqualTo(odd.octets());
    }

    @Test
    void optionsAndExtensionHeadersAreNotMergedAndKeepTheirPlace() {
        PacketSketch first = tcp();
        PacketSketch options = first.next();
        options.ipOptions = new byte[] {1, 1, 1, 1};
        addAll(first, options, options.next());
        PacketSketch firstV6 = PacketSketch.tcpV6().payload(DATA);
        PacketSketch extended = firstV6.next();
        extended.extensionHeaders = 1;
        addAll(firstV6, extended, extended.next());
        assertThat(tun.packets()).containsExactly(1, 1, 1, 1, 1, 1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aWrongChecksumIsNeverMergedAndNeverMended(PacketSketch kind) {
        PacketSketch first = kind.payload(DATA);
        byte[] wrong = first.next().octets();
        wrong[wrong.length - 1] ^= 1;
        PacketSketch third = first.next().next();
        add(first.octets());
        add(wrong);
        add(third.octets());
        coalescer.flush();
        assertThat(tun.packets()).containsExactly(1, 1, 1);
        assertThat(tun.writes.get(1).packet()).isEqualTo(wrong);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aWrongChecksumOfTheFirstIsNotMendedEither(PacketSketch kind) {
        PacketSketch first = kind.payload(DATA);
        byte[] wrong = first.octets();
        wrong[wrong.length - 1] ^= 1;
        PacketSketch second = first.next();
        add(wrong);
        add(second.octets());
        add(second.next().octets());
        coalescer.flush();
        assertThat(tun.packets()).containsExactly(1, 2);
        assertThat(tun.writes.getFirst().packet()).isEqualTo(wrong);
    }

    @Test
    void aWrongHeaderChecksumIsNeverMergedAndNeverMended() {
        byte[] wrong = tcp().next().octets();
        wrong[11] ^= 1;
        add(tcp().octets());
        add(wrong);
        assertThat(tun.packets()).containsExactly(1, 1);
        assertThat(tun.writes.getLast().packet()).isEqualTo(wrong);
    }

    @Test
    void datagramsWithoutChecksumAreNeverMerged() {
        for (PacketSketch kind : List.of(PacketSketch.udpV4(), PacketSketch.udpV6())) {
            byte[] without = kind.payload(DATA).octets();
            without[kind.checksumAt()] = 0;
            without[kind.checksumAt() + 1] = 0;
            add(kind.octets());
            add(without);
            add(without);
        }
        assertThat(tun.packets()).containsExactly(1, 1, 1, 1, 1, 1);
    }

    @Test
    void datagramsWhoseLengthsDisagreeAreNeverMerged() {
        byte[] odd = PacketSketch.udpV4().payload(DATA).octets();
        odd[25]--;
        add(odd);
        add(odd);
        assertThat(tun.packets()).containsExactly(1, 1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsNeverMergedLeavesOtherFlowsOpen(PacketSketch kind) {
        PacketSketch other = kind.copy();
        other.sourcePort = 7;
        addAll(kind.payload(DATA), other.payload(0));
        assertThat(tun.packets()).containsExactly(1);
        assertThat(tun.writes.getFirst().packet()).isEqualTo(other.octets());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x10, 0xa0})
    void aTcpHeaderThatDoesNotFitIsNeverMerged(int wrong) {
        PacketSketch first = PacketSketch.tcpV4().payload(39);
        first.reserved = wrong;
        PacketSketch second = first.next();
        addAll(first, second);
        assertThat(tun.packets()).containsExactly(1, 1);
        assertThat(tun.segments()).containsExactly(first.octets(), second.octets());
    }
}
