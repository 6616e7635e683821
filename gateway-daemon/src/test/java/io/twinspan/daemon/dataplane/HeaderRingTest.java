package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeaderRingTest {
    private static final byte[] PACKET = TestPackets.udp("10.1.0.10", "10.2.0.10", 500, true);

    private final HeaderRing ring = new HeaderRing(true);

    @Test
    void keepsHeadersWithoutPayload() {
        ring.record("prod", 2, PACKET, 0, PACKET.length, 77);
        assertThat(ring.of("prod")).singleElement().satisfies(header -> {
            assertThat(header.atNanos()).isEqualTo(77);
            assertThat(header.tunnel()).isEqualTo(2);
            assertThat(header.outbound()).isTrue();
            assertThat(header.packetOctets()).isEqualTo(500);
            assertThat(header.octets()).hasSize(28).startsWith(PACKET[0], PACKET[1]);
        });
    }

    @Test
    void aFloodIsThinnedOut() {
        for (int i = 0; i < 10_000; i++) {
            ring.record("prod", 1, PACKET, 0, PACKET.length, 1_000L * i);
        }
        assertThat(ring.of("prod")).hasSizeBetween(490, 500 + HeaderRing.BURST);
    }

    @Test
    void connectionsDoNotMix() {
        ring.record("prod", 1, PACKET, 0, PACKET.length, 1);
        ring.record("test", 1, PACKET, 0, PACKET.length, 2);
        assertThat(ring.of("test")).extracting(PacketHeader::atNanos).containsExactly(2L);
    }

    @Test
    void aFloodLeavesEveryPacketOfTheLastMomentAndSamplesOfTheMinutesBefore() {
        long gap = 100_000;
        int packets = 1_300_000;
        for (long i = 0; i < packets; i++) {
            ring.record("prod", 1, PACKET, 0, PACKET.length, i * gap);
        }
        List<PacketHeader> kept = ring.of("prod").stream()
                .sorted(Comparator.comparingLong(PacketHeader::atNanos))
                .toList();
        long end = packets * gap;
        assertThat(kept.stream().filter(header -> header.atNanos() >= end - HeaderRing.LATEST * gap))
                .hasSize(HeaderRing.LATEST);
        assertThat(end - kept.getFirst().atNanos()).isGreaterThan(120_000_000_000L);
        assertThat(kept).hasSizeLessThanOrEqualTo(HeaderRing.LATEST + HeaderRing.SAMPLES);
    }
}
