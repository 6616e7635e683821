package io.twinspan.crypto.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever is cut is cut as a plain reference cuts it, one packet at a time. */
final class SegmenterPropertyTest {
    private static final int HEADER = VirtioNetHeader.OCTETS;

    private final Segmenter segmenter = new Segmenter();

    record SuperPacket(PacketSketch sketch, int segmentBytes) {
        @Override
        public String toString() {
            return sketch.gsoType() + " " + sketch.payload.length + "/" + segmentBytes;
        }
    }

    @Property(tries = 2000)
    void cutsAsTheReferenceDoes(@ForAll("superPackets") SuperPacket given, @ForAll @IntRange(max = 9) int shift) {
        byte[] array = shifted(given.sketch.superPacket(given.segmentBytes), shift);
        int length = array.length - shift - HEADER;
        List<byte[]> expected = given.sketch.segments(given.segmentBytes);
        assertThat(segmenter.read(array, shift + HEADER, length)).isTrue();
        assertThat(segmenter.isWhole()).isEqualTo(expected.size() <= 1);
        assertThat(written(shift))
                .containsExactlyElementsOf(expected.isEmpty() ? List.of(given.sketch.octets()) : expected);
    }

    @Property
    void finishesWhatIsOnlyUnfinished(@ForAll("superPackets") SuperPacket given) {
        byte[] array = given.sketch.withHeader(VirtioNetHeader.GSO_NONE, 0);
        assertThat(segmenter.read(array, HEADER, array.length - HEADER)).isTrue();
        assertThat(segmenter.isWhole()).isTrue();
        byte[] result = Arrays.copyOfRange(array, HEADER, array.length);
        // The kernel writes all ones for zero in TCP too when it completes a single packet; both are right.
        assertThat(sameButForZero(result, given.sketch)).isEqualTo(given.sketch.octets());
    }

    private static byte[] sameButForZero(byte[] packet, PacketSketch sketch) {
        int at = sketch.checksumAt();
        if (!sketch.udp && packet[at] == -1 && packet[at + 1] == -1) {
            packet[at] = 0;
            packet[at + 1] = 0;
        }
        return packet;
    }

    @Provide
    Arbitrary<SuperPacket> superPackets() {
        return SketchArbitraries.headers().flatMap(headers -> Arbitraries.randomValue(random -> fill(headers, random)));
    }

    private static SuperPacket fill(PacketSketch headers, Random random) {
        PacketSketch sketch = headers.copy();
        int room = 65_535 - sketch.headerBytes();
        int segment = random.nextInt(5) == 0 ? random.nextInt(1, 65_536) : random.nextInt(1, 1500);
        int most = random.nextInt(8) == 0 ? room : Math.min(room, 20 * segment);
        int size = random.nextInt(most + 1);
        // Exact multiples, and one octet more or less, are the edges.
        int edge = size / segment * segment + random.nextInt(-1, 2);
        boolean toEdge = random.nextBoolean() && edge >= 0 && edge <= room;
        sketch.payload = SketchArbitraries.octets(random, toEdge ? edge : size);
        return new SuperPacket(sketch, segment);
    }

    private List<byte[]> written(int shift) {
        List<byte[]> written = new ArrayList<>();
        for (int index = 0; index < segmenter.count(); index++) {
            byte[] target = new byte[shift + segmenter.segmentLength(index)];
            assertThat(segmenter.write(index, target, shift)).isEqualTo(target.length - shift);
            assertThat(segmenter.segmentLength(index)).isLessThanOrEqualTo(segmenter.longestSegment());
            written.add(Arrays.copyOfRange(target, shift, target.length));
        }
        return written;
    }

    private static byte[] shifted(byte[] octets, int shift) {
        byte[] array = new byte[shift + octets.length];
        System.arraycopy(octets, 0, array, shift, octets.length);
        return array;
    }
}
