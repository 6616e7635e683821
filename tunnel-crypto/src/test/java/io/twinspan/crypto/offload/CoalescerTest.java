package io.twinspan.crypto.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule of merging by name. */
final class CoalescerTest {
    @Test
    void segmentsBecomeTheSuperPacketTheyWereCutFrom() {
        List<byte[]> got = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        Coalescer coalescer = new Coalescer(true, (array, from, length, packets) -> {
            got.add(Arrays.copyOfRange(array, from, from + length));
            counts.add(packets);
        });
        PacketSketch big = PacketSketch.tcpV4().payload(10_000).flags(PacketSketch.ACK | PacketSketch.PSH);
        for (byte[] segment : big.segments(1400)) {
            coalescer.add(segment, 0, segment.length);
        }
        coalescer.flush();
        assertThat(got).hasSize(1);
        assertThat(counts).containsExactly(8);
        assertThat(got.getFirst()).isEqualTo(big.superPacket(1400));
    }
}
