package io.twinspan.crypto.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of what is merged, by name. */
final class CoalescerTest extends CoalescerScene {
    @ParameterizedTest
    @MethodSource("kinds")
    void segmentsBecomeTheSuperPacketTheyWereCutFrom(PacketSketch kind) {
        PacketSketch whole = kind.payload(10_100);
        whole.segments(DATA).forEach(this::add);
        assertThat(tun.packets()).containsExactly(11);
        assertThat(tun.writes.getFirst().octets()).isEqualTo(whole.superPacket(DATA));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oneAloneIsWrittenAsItCameWithAnEmptyHeader(PacketSketch kind) {
        byte[] packet = kind.payload(DATA).octets();
        add(packet);
        assertThat(tun.writes).isEmpty();
        coalescer.flush();
        assertThat(tun.packets()).containsExactly(1);
        assertThat(tun.writes.getFirst().octets()).startsWith(new byte[VirtioNetHeader.OCTETS]);
        assertThat(tun.writes.getFirst().packet()).isEqualTo(packet);
    }

    @Test
    void aShorterSegmentEndsIt() {
        PacketSketch first = tcp();
        PacketSketch shorter = first.next(DATA - 1);
        addAll(first, shorter, shorter.next(DATA - 1));
        assertThat(tun.packets()).containsExactly(2);
        coalescer.flush();
        assertThat(tun.packets()).containsExactly(2, 1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aLongerSegmentBeginsAnew(PacketSketch kind) {
        PacketSketch first = kind.payload(DATA);
        PacketSketch longer = first.next(DATA + 1);
        assertThat(merged(first, longer, longer.next())).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {PacketSketch.PSH, PacketSketch.FIN, PacketSketch.PSH | PacketSketch.FIN})
    void pshAndFinEndItAndStayInItsLastSegment(int flags) {
        PacketSketch first = tcp();
        PacketSketch last = first.next().flags(PacketSketch.ACK | flags);
        addAll(first, last);
        assertThat(tun.packets()).containsExactly(2);
        assertThat(tun.segments()).containsExactly(first.octets(), last.octets());
        add(last.next().flags(PacketSketch.ACK).octets());
        assertThat(tun.writes).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {PacketSketch.PSH, PacketSketch.FIN})
    void pshAndFinOfAPacketAloneAreWrittenThrough(int flags) {
        add(tcp().flags(PacketSketch.ACK | flags).octets());
        assertThat(tun.packets()).containsExactly(1);
    }

    @Test
    void eceIsMergedWithEceAlone() {
        PacketSketch first = tcp().flags(PacketSketch.ACK | PacketSketch.ECE);
        PacketSketch second = first.next();
        assertThat(merged(first, second, second.next().flags(PacketSketch.ACK))).containsExactly(2, 1);
    }

    @Test
    void anAcknowledgmentWithoutDataPassesBehindWhatItsFlowHasOpen() {
        PacketSketch first = tcp();
        PacketSketch empty = first.next(0);
        addAll(first, empty);
        assertThat(tun.packets()).containsExactly(1, 1);
        assertThat(tun.writes.getLast().packet()).isEqualTo(empty.octets());
    }

    @Test
    void theSequenceNumberMayWrap() {
        PacketSketch first = tcp();
        first.sequence = -DATA - 7;
        PacketSketch second = first.next();
        assertThat(merged(first, second, second.next())).containsExactly(3);
    }

    @Test
    void aFragmentLeavesOtherAddressesOpen() {
        PacketSketch other = tcp();
        other.destination = 9;
        PacketSketch fragment = tcp();
        fragment.fragmentWord = 0x2000;
        addAll(other, tcp(), fragment);
        assertThat(tun.packets()).containsExactly(1, 1);
        add(other.next().octets());
        coalescer.flush();
        assertThat(tun.packets()).containsExactly(1, 1, 2);
    }

    @Test
    void datagramsAreWrittenThroughWhereTheKernelDoesNotCutThem() {
        Coalescer withoutUdp = new Coalescer(false, tun);
        byte[] packet = PacketSketch.udpV4().payload(DATA).octets();
        withoutUdp.add(packet, 0, packet.length);
        withoutUdp.add(packet, 0, packet.length);
        assertThat(tun.packets()).containsExactly(1, 1);
    }

    @Test
    void noMoreThan64DatagramsAreMerged() {
        PacketSketch.udpV4().payload(100 * 70).segments(100).forEach(this::add);
        coalescer.flush();
        assertThat(tun.packets()).containsExactly(64, 6);
    }

    @Test
    void aSuperPacketIsNoLongerThanAPacketCanBe() {
        PacketSketch.tcpV4().payload(65_495).segments(1365).forEach(this::add);
        assertThat(tun.packets()).containsExactly(48);
        assertThat(tun.writes.getFirst().packet()).hasSize(65_535);
        tun.writes.clear();
        PacketSketch segment = PacketSketch.tcpV6().payload(1400);
        for (int i = 0; i < 50; i++) {
            add(segment.octets());
            segment = segment.next();
        }
        coalescer.flush();
        assertThat(tun.packets()).containsExactly(46, 4);
    }

    @Test
    void flowsArePutTogetherSideBySide() {
        PacketSketch[] flows = flows(Coalescer.MAX_FLOWS);
        for (int i = 0; i < 5; i++) {
            for (int flow = 0; flow < flows.length; flow++) {
                add(flows[flow].octets());
                flows[flow] = flows[flow].next();
            }
        }
        assertThat(tun.writes).isEmpty();
        coalescer.flush();
        assertThat(tun.packets()).hasSize(Coalescer.MAX_FLOWS).containsOnly(5);
    }

    @Test
    void theOldestFlowMakesRoomForANewOne() {
        PacketSketch[] flows = flows(Coalescer.MAX_FLOWS + 1);
        addAll(flows);
        assertThat(tun.writes).hasSize(1);
        assertThat(tun.writes.getFirst().packet()).isEqualTo(flows[0].octets());
        coalescer.flush();
        assertThat(tun.segments())
                .containsExactlyElementsOf(
                        Arrays.stream(flows).map(PacketSketch::octets).toList());
    }

    @Test
    void theLongestPacketOfIpv6IsWrittenThrough() {
        PacketSketch longest = PacketSketch.tcpV6().payload(65_515);
        addAll(longest, longest.next());
        assertThat(tun.packets()).containsExactly(1, 1);
        assertThat(tun.segments())
                .containsExactly(longest.octets(), longest.next().octets());
    }

    @Test
    void aPacketWithoutRoomForItsTransportKeepsItsPlace() {
        for (PacketSketch sketch : List.of(PacketSketch.tcpV4(), PacketSketch.tcpV6(), PacketSketch.udpV4())) {
            byte[] bare = Arrays.copyOf(sketch.octets(), sketch.transportAt());
            bare[sketch.v6 ? 4 : 2] = 0;
            bare[sketch.v6 ? 5 : 3] = (byte) (sketch.v6 ? 0 : 20);
            tun.writes.clear();
            add(sketch.payload(DATA).octets());
            add(bare);
            assertThat(tun.packets()).containsExactly(1, 1);
            assertThat(tun.writes.getLast().packet()).isEqualTo(bare);
        }
    }

    @Test
    void portsAddressesAndProtocolTellFlowsApart() {
        PacketSketch first = tcp();
        List<Consumer<PacketSketch>> differences = List.of(
                sketch -> sketch.sourcePort++,
                sketch -> sketch.destinationPort++,
                sketch -> sketch.source++,
                sketch -> sketch.destination++,
                sketch -> sketch.udp = true,
                sketch -> sketch.v6 = true);
        add(first.octets());
        for (Consumer<PacketSketch> difference : differences) {
            PacketSketch other = first.next();
            difference.accept(other);
            add(other.octets());
        }
        coalescer.flush();
        assertThat(tun.packets()).hasSize(7).containsOnly(1);
    }

    @Test
    void portsThatChangedPlacesAreAnotherFlow() {
        PacketSketch other = tcp().next();
        int port = other.sourcePort;
        other.sourcePort = other.destinationPort;
        other.destinationPort = port;
        assertThat(merged(tcp(), other)).containsExactly(1, 1);
    }

    @Test
    void whatIsNeitherTcpNorUdpIsWrittenThroughAndDisturbsNobody() {
        byte[] icmp = tcp().octets();
        icmp[9] = 1;
        add(tcp().octets());
        add(icmp);
        assertThat(tun.packets()).containsExactly(1);
        assertThat(tun.writes.getFirst().packet()).isEqualTo(icmp);
        add(tcp().next().octets());
        coalescer.flush();
        assertThat(tun.packets()).containsExactly(1, 2);
    }

    @Test
    void whatIsNoPacketIsWrittenThrough() {
        byte[] odd = {0x45, 0, 0, 4};
        add(odd);
        add(new byte[0]);
        assertThat(tun.writes.getFirst().packet()).isEqualTo(odd);
        assertThat(tun.packets()).containsExactly(1, 1);
    }

    @Test
    void packetsLieAnywhereInTheirArray() {
        PacketSketch whole = tcp().payload(3 * DATA);
        for (byte[] segment : whole.segments(DATA)) {
            byte[] array = new byte[segment.length + 20];
            Arrays.fill(array, (byte) 0x77);
            System.arraycopy(segment, 0, array, 13, segment.length);
            byte[] before = array.clone();
            coalescer.add(array, 13, segment.length);
            assertThat(array).isEqualTo(before);
        }
        coalescer.flush();
        assertThat(tun.writes.getFirst().octets()).isEqualTo(whole.superPacket(DATA));
    }
}
