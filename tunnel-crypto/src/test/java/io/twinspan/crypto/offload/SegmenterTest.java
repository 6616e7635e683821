package io.twinspan.crypto.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a super-packet must be, and what becomes of the fields that differ between its segments. */
final class SegmenterTest {
    private static final int AT = VirtioNetHeader.OCTETS;
    private static final int SEGMENT = 1000;

    private final Segmenter segmenter = new Segmenter();

    @Test
    void finAndPshAreTheLastSegmentsAndCwrIsTheFirsts() {
        PacketSketch whole = PacketSketch.tcpV4().payload(2500).flags(0xff);
        List<byte[]> segments = cut(whole.withHeader(VirtioNetHeader.GSO_TCPV4 | VirtioNetHeader.GSO_ECN, SEGMENT));
        assertThat(segments).hasSize(3);
        assertThat(segments.get(0)[33]).isEqualTo((byte) 0b1111_0110);
        assertThat(segments.get(1)[33]).isEqualTo((byte) 0b0111_0110);
        assertThat(segments.get(2)[33]).isEqualTo((byte) 0b0111_1111);
    }

    @Test
    void identificationsAndSequenceNumbersWrap() {
        PacketSketch whole = PacketSketch.tcpV4().payload(3000);
        whole.identification = 0xffff;
        whole.sequence = -1500;
        List<byte[]> segments = cut(whole.superPacket(SEGMENT));
        assertThat(segments).containsExactlyElementsOf(whole.segments(SEGMENT));
        assertThat(ByteBuffer.wrap(segments.get(1)).getShort(4)).isZero();
        assertThat(ByteBuffer.wrap(segments.get(2)).getInt(24)).isEqualTo(500);
    }

    @Test
    void nothingIsLeftForAnEmptyLastSegment() {
        assertThat(cut(PacketSketch.tcpV4().payload(2 * SEGMENT).superPacket(SEGMENT)))
                .hasSize(2);
        assertThat(cut(PacketSketch.tcpV4().payload(2 * SEGMENT + 1).superPacket(SEGMENT)))
                .hasSize(3);
    }

    @Test
    void aSuperPacketOfOneSegmentOrOfNoneIsOnlyFinished() {
        for (int size : new int[] {SEGMENT, 1, 0}) {
            PacketSketch sketch = PacketSketch.tcpV4().payload(size);
            byte[] array = sketch.superPacket(SEGMENT);
            assertThat(read(array)).isTrue();
            assertThat(segmenter.isWhole()).isTrue();
            assertThat(packetOf(array)).isEqualTo(sketch.octets());
        }
    }

    @Test
    void aZeroChecksumOfADatagramTravelsAsAllOnes() {
        PacketSketch whole = PacketSketch.udpV4().payload(2 * SEGMENT);
        whole.payload[0] = 0;
        whole.payload[1] = 0;
        byte[] first = whole.segments(SEGMENT).getFirst();
        // The checksum itself, put into the data, makes the sum all ones, and so the checksum zero.
        System.arraycopy(first, 26, whole.payload, 0, 2);
        byte[] cut = cut(whole.superPacket(SEGMENT)).getFirst();
        assertThat(Arrays.copyOfRange(cut, 26, 28)).containsExactly(0xff, 0xff);
        PacketSketch single = whole.copy();
        single.payload = Arrays.copyOf(whole.payload, SEGMENT);
        byte[] array = single.withHeader(VirtioNetHeader.GSO_NONE, 0);
        assertThat(read(array)).isTrue();
        assertThat(packetOf(array)).isEqualTo(cut);
    }

    @Test
    void aZeroChecksumOfTcpTravelsAsZero() {
        PacketSketch sketch = PacketSketch.tcpV4().payload(SEGMENT);
        sketch.payload[0] = 0;
        sketch.payload[1] = 0;
        System.arraycopy(sketch.octets(), sketch.checksumAt(), sketch.payload, 0, 2);
        byte[] array = sketch.superPacket(SEGMENT);
        assertThat(read(array)).isTrue();
        assertThat(packetOf(array)).isEqualTo(sketch.octets());
        assertThat(ByteBuffer.wrap(packetOf(array)).getShort(sketch.checksumAt()))
                .isZero();
    }

    @Test
    void whatNeedsNothingIsNotLookedAt() {
        byte[] array = new byte[AT + 3];
        array[AT] = 0x55;
        byte[] before = array.clone();
        assertThat(read(array)).isTrue();
        assertThat(segmenter.count()).isOne();
        assertThat(segmenter.isWhole()).isTrue();
        assertThat(segmenter.segmentLength(0)).isEqualTo(3);
        assertThat(segmenter.longestSegment()).isEqualTo(3);
        assertThat(array).isEqualTo(before);
        byte[] copy = new byte[5];
        assertThat(segmenter.write(0, copy, 2)).isEqualTo(3);
        assertThat(copy).containsExactly(0, 0, 0x55, 0, 0);
    }

    @Test
    void whatIsVerifiedAlreadyIsLeftAlone() {
        byte[] array = PacketSketch.tcpV4().payload(SEGMENT).withHeader(VirtioNetHeader.GSO_NONE, 0);
        array[0] = VirtioNetHeader.DATA_VALID;
        byte[] before = array.clone();
        assertThat(read(array)).isTrue();
        assertThat(array).isEqualTo(before);
    }

    @Test
    void theChecksumOfAPacketInsideADatagramIsFinished() {
        PacketSketch inner = PacketSketch.tcpV4().payload(100);
        PacketSketch outer = PacketSketch.udpV4();
        outer.payload = inner.withPseudoHeader();
        byte[] packet = outer.octets();
        byte[] array = new byte[AT + packet.length];
        System.arraycopy(packet, 0, array, AT, packet.length);
        VirtioNetHeader.write(array, 0, VirtioNetHeader.NEEDS_CSUM, 0, 0, 0, 28 + 20, 16);
        assertThat(read(array)).isTrue();
        assertThat(Arrays.copyOfRange(array, AT + 28, array.length)).isEqualTo(inner.octets());
    }

    @Test
    void anotherProtocolsChecksumIsFinishedWhereItStandsInThePacket() {
        byte[] array = PacketSketch.tcpV4().payload(100).withHeader(VirtioNetHeader.GSO_NONE, 0);
        array[AT + 9] = 33;
        put(array, 8, 120 - 2);
        assertThat(read(array.clone())).isTrue();
        assertRefused(array, octets -> put(octets, 8, 120 - 1));
        assertRefused(array, octets -> put(octets, 8, 120));
        assertRefused(array, octets -> put(octets, 6, 16));
    }

    @Test
    void aChecksumThatIsNotTheTransportsIsRefused() {
        PacketSketch tcp = PacketSketch.tcpV4().payload(100);
        PacketSketch udp = PacketSketch.udpV6().payload(100);
        for (Consumer<byte[]> lie : List.<Consumer<byte[]>>of(
                array -> put(array, 6, 0),
                array -> put(array, 6, 18),
                array -> put(array, 6, 0xffff),
                array -> put(array, 8, 4),
                array -> put(array, 8, 0xffff))) {
            assertRefused(tcp.withHeader(VirtioNetHeader.GSO_NONE, 0), lie);
            assertRefused(udp.withHeader(VirtioNetHeader.GSO_NONE, 0), lie);
            assertRefused(tcp.superPacket(50), lie);
            assertRefused(udp.superPacket(50), lie);
        }
    }

    @Test
    void aTypeThatIsNotThePacketsIsRefused() {
        for (PacketSketch kind : CoalescerTest.kinds().toList()) {
            PacketSketch sketch = kind.payload(3000);
            for (int type : new int[] {1, 2, 3, 4, 5, 6, 0x80, 0x7f}) {
                byte[] array = sketch.withHeader(type, SEGMENT);
                assertThat(read(array)).isEqualTo(type == sketch.gsoType());
            }
        }
    }

    @Test
    void segmentationWithoutChecksumOrSizeIsRefused() {
        byte[] array = PacketSketch.tcpV4().payload(3000).superPacket(SEGMENT);
        assertRefused(array, octets -> octets[0] = 0);
        assertRefused(array, octets -> put(octets, 4, 0));
    }

    @Test
    void headersThatDoNotFitThePacketAreRefused() {
        byte[] tcp = PacketSketch.tcpV4().payload(3000).superPacket(SEGMENT);
        assertRefused(tcp, octets -> octets[AT + 32] = 0x40);
        assertRefused(tcp, octets -> octets[AT + 2] = 0x7f);
        assertRefused(tcp, octets -> octets[AT] = 0x44);
        assertRefused(tcp, octets -> octets[AT] = 0x75);
        assertRefused(PacketSketch.tcpV4().payload(10).superPacket(5), octets -> octets[AT + 32] = (byte) 0xf0);
        byte[] short20 = PacketSketch.tcpV4().superPacket(SEGMENT);
        put16(short20, AT + 2, 39);
        assertThat(read(short20)).isFalse();
        byte[] udp = PacketSketch.udpV4().payload(3000).superPacket(SEGMENT);
        assertRefused(udp, octets -> octets[AT + 25]--);
        byte[] udp7 = PacketSketch.udpV4().superPacket(SEGMENT);
        put16(udp7, AT + 2, 27);
        assertThat(read(udp7)).isFalse();
    }

    @Test
    void fragmentsAreRefused() {
        byte[] array = PacketSketch.tcpV4().payload(3000).superPacket(SEGMENT);
        assertRefused(array, octets -> octets[AT + 6] = 0x20);
        assertRefused(array, octets -> octets[AT + 7] = 1);
        PacketSketch extended = PacketSketch.tcpV6().payload(3000);
        extended.extensionHeaders = 2;
        byte[] arrayV6 = extended.superPacket(SEGMENT);
        // The second of the two becomes a fragment header: the first and only fragment, RFC 6946.
        assertRefused(arrayV6, octets -> {
            octets[AT + 40] = 44;
            octets[AT + 48 + 2] = 0;
            octets[AT + 48 + 3] = 0;
        });
    }

    @Test
    void octetsBehindThePacketAreLeftOut() {
        PacketSketch whole = PacketSketch.tcpV6().payload(2500);
        byte[] array = Arrays.copyOf(whole.superPacket(SEGMENT), 2500 + 200);
        Arrays.fill(array, AT + 60 + 2500, array.length, (byte) 0x55);
        assertThat(cut(array)).containsExactlyElementsOf(whole.segments(SEGMENT));
    }

    private void assertRefused(byte[] array, Consumer<byte[]> lie) {
        byte[] changed = array.clone();
        lie.accept(changed);
        byte[] before = changed.clone();
        assertThat(read(array.clone())).isTrue();
        assertThat(read(changed)).isFalse();
        assertThat(changed).isEqualTo(before);
    }

    private boolean read(byte[] array) {
        return segmenter.read(array, AT, array.length - AT);
    }

    private List<byte[]> cut(byte[] array) {
        assertThat(read(array)).isTrue();
        List<byte[]> segments = new ArrayList<>();
        for (int index = 0; index < segmenter.count(); index++) {
            byte[] segment = new byte[segmenter.segmentLength(index)];
            segmenter.write(index, segment, 0);
            segments.add(segment);
        }
        return segments;
    }

    private static byte[] packetOf(byte[] array) {
        return Arrays.copyOfRange(array, AT, array.length);
    }

    private static void put(byte[] array, int at, int value) {
        ByteBuffer.wrap(array).order(ByteOrder.nativeOrder()).putShort(at, (short) value);
    }

    private static void put16(byte[] array, int at, int value) {
        ByteBuffer.wrap(array).putShort(at, (short) value);
    }
}
