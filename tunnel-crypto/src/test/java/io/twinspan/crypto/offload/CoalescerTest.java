package io.twinspan.crypto.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of merging by name. */
final class CoalescerTest {
    private static final int DATA = 1000;

    private final WriteRecorder tun = new WriteRecorder();
    private final Coalescer coalescer = new Coalescer(true, tun);

    static Stream<PacketSketch> kinds() {
        return Stream.of(PacketSketch.tcpV4(), PacketSketch.tcpV6(), PacketSketch.udpV4(), PacketSketch.udpV6());
    }

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
    void theSequenceNumberMayWrap() {
        PacketSketch first = tcp();
        first.sequence = -DATA - 7;
        PacketSketch second = first.next();
        assertThat(merged(first, second, second.next())).containsExactly(3);
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

    private void assertNotMerged(PacketSketch kind, Consumer<PacketSketch> difference) {
        tun.writes.clear();
        PacketSketch first = kind.copy().payload(DATA);
        PacketSketch second = first.next();
        difference.accept(second);
        List<Integer> written = merged(first, second, second.next());
        assertThat(written).first().isEqualTo(1);
        assertThat(tun.segments().get(1)).isEqualTo(second.octets());
    }

    private List<Integer> merged(PacketSketch... sketches) {
        addAll(sketches);
        coalescer.flush();
        return tun.packets();
    }

    private void addAll(PacketSketch... sketches) {
        for (PacketSketch sketch : sketches) {
            add(sketch.octets());
        }
    }

    private void add(byte[] packet) {
        coalescer.add(packet, 0, packet.length);
    }

    private static PacketSketch tcp() {
        return PacketSketch.tcpV4().payload(DATA);
    }

    private static PacketSketch unprotected() {
        PacketSketch sketch = PacketSketch.udpV4();
        sketch.fragmentWord = 0;
        return sketch;
    }

    private static PacketSketch[] flows(int count) {
        PacketSketch[] flows = new PacketSketch[count];
        Arrays.setAll(flows, i -> {
            PacketSketch flow = tcp();
            flow.sourcePort += i;
            return flow;
        });
        return flows;
    }
}
