package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.offload.PacketSketch;
import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.packet.Ipv4View;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves for a super-packet is what would have left for the packets it stands for. */
class OutboundSuperPacketTest {
    private static final int SPI = 1001;
    private static final int SEGMENT = 1000;

    private final MemoryGateway gateway = active();

    private static MemoryGateway active() {
        return active(new MemoryGateway());
    }

    private static MemoryGateway active(MemoryGateway gateway) {
        gateway.child(1, SPI);
        gateway.activate(1);
        return gateway;
    }

    private static int innerMtu() {
        return EspOverhead.of(TestKeys.SUITE, true, false).innerMtuBytes(MemoryGateway.UPLINK_MTU);
    }

    @Provide
    Arbitrary<SuperPackets> superPackets() {
        return SuperPackets.fitting(innerMtu());
    }

    @Property(tries = 300)
    void leavesAsThePacketsItStandsFor(@ForAll("superPackets") SuperPackets given) {
        MemoryGateway fresh = active();
        fresh.outWithHeader(given.octets(), 0);
        assertSent(fresh, given.packets());
    }

    @Property(tries = 200)
    void losesExactlyTheSegmentsThatQueueManagementTook(
            @ForAll("superPackets") SuperPackets given, @ForAll @IntRange(min = 1, max = 3) int taken) {
        MemoryGateway fresh = active();
        fresh.outWithHeader(given.octets(), taken);
        List<byte[]> packets = given.packets();
        assertSent(fresh, packets.subList(Math.min(taken, packets.size()), packets.size()));
    }

    @Property(tries = 200)
    void aSocketThatFillsUpInTheMiddleCostsTheRestAndEachIsCounted(
            @ForAll("superPackets") SuperPackets given, @ForAll @IntRange(max = 8) int room) {
        MemoryGateway fresh = active();
        fresh.socketRoom = room;
        fresh.outWithHeader(given.octets(), 0);
        List<byte[]> packets = given.packets();
        int sent = Math.min(room, packets.size());
        int lost = packets.size() - sent;
        assertThat(fresh.opened(SPI)).containsExactlyElementsOf(packets.subList(0, sent));
        assertThat(fresh.dataPlane.counters(1).packetsOut()).isEqualTo(sent);
        assertThat(fresh.dataPlane.counters(1).drops().getOrDefault("SEND_QUEUE_FULL", 0L))
                .isEqualTo((long) lost);
    }

    private static void assertSent(MemoryGateway gateway, List<byte[]> packets) {
        assertThat(gateway.opened(SPI)).containsExactlyElementsOf(packets);
        assertThat(gateway.answers).isEmpty();
        TunnelCounters counters = gateway.dataPlane.counters(1);
        assertThat(counters.packetsOut()).isEqualTo(packets.size());
        assertThat(counters.bytesOut())
                .isEqualTo(packets.stream().mapToLong(packet -> packet.length).sum());
        assertThat(counters.drops()).isEmpty();
        assertThat(gateway.dataPlane.drops()).isEmpty();
    }

    @Test
    void severalSuperPacketsGoOnWithTheSequenceNumbers() {
        PacketSketch first = PacketSketch.tcpV4().payload(10 * SEGMENT);
        PacketSketch second = PacketSketch.tcpV6().payload(3 * SEGMENT + 1);
        gateway.outWithHeader(first.superPacket(SEGMENT), 0);
        gateway.outWithHeader(second.superPacket(SEGMENT), 0);
        assertThat(gateway.sent)
                .extracting(esp -> ByteBuffer.wrap(esp).getInt(4))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void segmentsLongerThanTheTunnelTakesAreRefusedWithOneIcmpAboutTheFirst(boolean v6) {
        MemoryGateway gateway = active(MemoryGateway.with(DfPolicy.HONOR));
        PacketSketch sketch = v6 ? PacketSketch.tcpV6() : PacketSketch.tcpV4();
        sketch.payload(3 * 1460 + 7);
        gateway.outWithHeader(sketch.superPacket(1460), 0);
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.dataPlane.counters(1).packetsOut()).isZero();
        assertThat(gateway.dataPlane.counters(1).drops()).containsExactlyEntriesOf(Map.of("TOO_BIG", 4L));
        byte[] segment = sketch.segments(1460).getFirst();
        assertThat(gateway.tooBig()).singleElement().satisfies(told -> {
            byte[] message = told.message();
            assertThat(Arrays.copyOf(message, 2)).isEqualTo(v6 ? new byte[] {2, 0} : new byte[] {3, 4});
            assertThat(ByteBuffer.wrap(message).getShort(6)).isEqualTo((short) innerMtu());
            assertThat(segment).startsWith(Arrays.copyOfRange(message, 8, message.length));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x1234})
    void segmentsWithDfAreCutAndTheirNumbersStayApart(int identification) {
        PacketSketch sketch = PacketSketch.tcpV4();
        sketch.identification = identification;
        sketch.payload(3 * 1460 + 7);
        gateway.outWithHeader(sketch.superPacket(1460), 0);
        gateway.outWithHeader(sketch.superPacket(1460), 0);
        List<byte[]> fragments = gateway.opened(SPI);
        // Three segments of two fragments and a small one, twice.
        assertThat(fragments).hasSize(14).allMatch(fragment -> fragment.length <= innerMtu());
        for (int i : new int[] {0, 2, 4, 7, 9, 11}) {
            int number = Ipv4View.identification(fragments.get(i), 0);
            assertThat(Ipv4View.identification(fragments.get(i + 1), 0)).isEqualTo(number);
            assertThat(number).isNotZero();
        }
        List<Integer> firsts = IntStream.of(0, 2, 4, 7, 9, 11)
                .mapToObj(i -> Ipv4View.identification(fragments.get(i), 0))
                .toList();
        if (identification == 0) {
            assertThat(firsts).doesNotHaveDuplicates();
        } else {
            assertThat(firsts).containsExactly(0x1234, 0x1235, 0x1236, 0x1234, 0x1235, 0x1236);
        }
        List<byte[]> segments = sketch.segments(1460);
        assertThat(together(fragments.get(2), fragments.get(3))).isEqualTo(payload(segments.get(1)));
        assertThat(gateway.tooBig()).isEmpty();
    }

    @Test
    void segmentsLongerThanTheTunnelTakesAreFragmentedWhereDfIsClear() {
        PacketSketch sketch = PacketSketch.udpV4();
        sketch.fragmentWord = 0;
        sketch.payload(3 * 1600);
        gateway.outWithHeader(sketch.superPacket(1600), 1);
        List<byte[]> segments = sketch.segments(1600);
        List<byte[]> fragments = gateway.opened(SPI);
        assertThat(fragments).hasSize(4).allSatisfy(fragment -> {
            assertThat(fragment.length).isLessThanOrEqualTo(innerMtu());
            assertThat(Ipv4View.checksumValid(fragment, 0)).isTrue();
        });
        assertThat(together(fragments.get(0), fragments.get(1))).isEqualTo(payload(segments.get(1)));
        assertThat(together(fragments.get(2), fragments.get(3))).isEqualTo(payload(segments.get(2)));
        assertThat(gateway.dataPlane.counters(1).packetsOut()).isEqualTo(2);
        assertThat(gateway.dataPlane.counters(1).drops()).isEmpty();
    }

    @Test
    void aSocketThatFillsUpAmongFragmentsCostsThisPacketAndThoseBehindIt() {
        PacketSketch sketch = PacketSketch.udpV4();
        sketch.fragmentWord = 0;
        gateway.socketRoom = 3;
        gateway.outWithHeader(sketch.payload(3 * 1600).superPacket(1600), 0);
        assertThat(gateway.dataPlane.counters(1).packetsOut()).isEqualTo(1);
        assertThat(gateway.dataPlane.counters(1).drops()).containsEntry("SEND_QUEUE_FULL", 2L);
    }

    private static byte[] payload(byte[] packet) {
        return Arrays.copyOfRange(packet, 20, packet.length);
    }

    private static byte[] together(byte[] first, byte[] second) {
        byte[] whole = Arrays.copyOf(payload(first), first.length + second.length - 40);
        System.arraycopy(second, 20, whole, first.length - 20, second.length - 20);
        return whole;
    }

    @Test
    void whatTheSelectorsLeaveOutIsCountedByPacket() {
        List<TrafficSelector> local = List.of(TrafficSelector.ofPrefix(IpPrefix.parse("10.1.0.0/16")));
        List<TrafficSelector> other = List.of(TrafficSelector.ofPrefix(IpPrefix.parse("10.2.9.0/24")));
        gateway.child(1, TestKeys.aead(SPI, local, other));
        gateway.outWithHeader(PacketSketch.tcpV4().payload(5 * SEGMENT).superPacket(SEGMENT), 0);
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.answers).hasSize(1);
        assertThat(gateway.dataPlane.counters(1).drops()).containsEntry("SELECTOR_MISMATCH", 5L);
    }

    @Test
    void aVirtioHeaderThatDoesNotFitItsPacketIsCountedAndNothingLeaves() {
        PacketSketch sketch = PacketSketch.tcpV4().payload(3 * SEGMENT);
        gateway.outWithHeader(sketch.withHeader(VirtioNetHeader.GSO_TCPV6, SEGMENT), 0);
        gateway.outWithHeader(sketch.withHeader(VirtioNetHeader.GSO_UDP_L4, SEGMENT), 0);
        gateway.outWithHeader(sketch.withHeader(VirtioNetHeader.GSO_TCPV4, 0), 0);
        gateway.outWithHeader(sketch.withHeader(77, SEGMENT), 0);
        byte[] withoutChecksum = sketch.superPacket(SEGMENT);
        withoutChecksum[0] = 0;
        gateway.outWithHeader(withoutChecksum, 0);
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.answers).isEmpty();
        assertThat(gateway.dataPlane.drops()).containsExactlyEntriesOf(Map.of("MALFORMED", 5L));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTypeOfServiceWithItsMarkIsInEveryInnerAndOuterHeader(boolean v6) {
        PacketSketch sketch = v6 ? PacketSketch.tcpV6() : PacketSketch.tcpV4();
        sketch.trafficClass = 0x29 << 2 | 3;
        sketch.payload(4 * SEGMENT);
        gateway.outWithHeader(sketch.superPacket(SEGMENT), 0);
        assertThat(gateway.opened(SPI)).containsExactlyElementsOf(sketch.segments(SEGMENT));
        assertThat(gateway.outerTos).hasSize(4).containsOnly(0x29 << 2 | 3);
    }
}
