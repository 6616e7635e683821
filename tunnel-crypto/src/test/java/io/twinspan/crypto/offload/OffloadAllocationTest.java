package io.twinspan.crypto.offload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cutting and putting together leave nothing behind for the collector. */
final class OffloadAllocationTest {
    private static final int WARM_UP = 300;
    private static final int ROUNDS = 1_000;

    /** Far below one object for each packet, and above what the measurement itself may cost. */
    private static final long ALLOWED_BYTES = 8 * ROUNDS / 10;

    private final Segmenter segmenter = new Segmenter();
    private final Coalescer coalescer = new Coalescer(true, (array, from, length, packets) -> written(packets));
    private final List<byte[]> superPackets = new ArrayList<>();
    private final byte[] target = new byte[2048];
    private final byte[] fragment;
    private long packetsWritten;

    OffloadAllocationTest() {
        CoalescerTest.kinds()
                .forEach(kind -> superPackets.add(kind.payload(9_000).superPacket(1000)));
        PacketSketch sketch = PacketSketch.tcpV4().payload(1000);
        sketch.fragmentWord = 0x2000;
        fragment = sketch.octets();
    }

    @Test
    void aSuperPacketCostsNoAllocation() {
        for (int i = 0; i < WARM_UP; i++) {
            handleOnce();
        }
        long before = allocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            handleOnce();
        }
        assertThat(allocatedBytes() - before).isLessThan(ALLOWED_BYTES);
        assertThat(packetsWritten).isEqualTo((WARM_UP + ROUNDS) * 41L);
    }

    private void handleOnce() {
        for (int i = 0; i < superPackets.size(); i++) {
            byte[] superPacket = superPackets.get(i);
            int at = VirtioNetHeader.OCTETS;
            segmenter.read(superPacket, at, superPacket.length - at);
            for (int index = 0; index < segmenter.count(); index++) {
                coalescer.add(target, 7, segmenter.write(index, target, 7));
            }
            // One more that continues nothing.
            coalescer.add(target, 7, segmenter.write(0, target, 7));
        }
        coalescer.add(fragment, 0, fragment.length);
        coalescer.flush();
    }

    private void written(int packets) {
        packetsWritten += packets;
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
