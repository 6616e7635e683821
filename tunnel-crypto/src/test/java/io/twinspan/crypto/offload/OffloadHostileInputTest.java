package io.twinspan.crypto.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** No octets make anything throw, and no segment is longer than what it was cut from. */
final class OffloadHostileInputTest {
    private static final int AT = VirtioNetHeader.OCTETS;

    private final Segmenter segmenter = new Segmenter();

    @Property(tries = 3000)
    void randomOctetsAreTakenByBoth(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] array = new byte[AT + random.nextInt(200)];
        random.nextBytes(array);
        if (array.length > AT && random.nextBoolean()) {
            array[AT] = (byte) (random.nextBoolean() ? 0x45 : 0x60);
        }
        cut(array);
        putTogether(array, random);
    }

    @Property(tries = 3000)
    void superPacketsWithAFewOctetsChangedAreTakenByBoth(@ForAll long seed) {
        Random random = new Random(seed);
        PacketSketch sketch = new PacketTraffic(random).sketch().payload(random.nextInt(4000));
        byte[] whole = sketch.superPacket(random.nextInt(1, 1500));
        for (int i = random.nextInt(4); i >= 0; i--) {
            whole[random.nextInt(Math.min(whole.length, AT + 64))] = (byte) random.nextInt(256);
        }
        byte[] array = Arrays.copyOf(whole, random.nextInt(8) == 0 ? random.nextInt(AT, whole.length) : whole.length);
        cut(array);
        putTogether(array, random);
    }

    private void cut(byte[] array) {
        int length = array.length - AT;
        if (!segmenter.read(array, AT, length)) {
            return;
        }
        int longest = segmenter.longestSegment();
        assertThat(longest).isBetween(0, length);
        for (int index = 0; index < segmenter.count(); index++) {
            byte[] target = new byte[longest];
            int size = segmenter.write(index, target, 0);
            assertThat(size).isEqualTo(segmenter.segmentLength(index)).isLessThanOrEqualTo(longest);
        }
    }

    /** The same packet again and again, and others among it, so that flows open, meet and are closed. */
    private static void putTogether(byte[] array, Random random) {
        WriteRecorder tun = new WriteRecorder();
        Coalescer coalescer = new Coalescer(true, tun);
        byte[] other = PacketSketch.tcpV4().payload(100).octets();
        for (int i = 0; i < 4; i++) {
            coalescer.add(array, AT, array.length - AT);
            coalescer.add(other, 0, random.nextBoolean() ? other.length : random.nextInt(other.length));
        }
        coalescer.flush();
        assertThat(tun.segments()).hasSize(8);
    }
}
