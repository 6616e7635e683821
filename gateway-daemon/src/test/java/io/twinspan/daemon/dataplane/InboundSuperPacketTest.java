package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.offload.PacketSketch;
import io.twinspan.crypto.offload.Segmenter;
import io.twinspan.crypto.offload.SketchArbitraries;
import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever the path puts together for the host, the host takes apart into the packets that came out of the tunnels. */
class InboundSuperPacketTest {
    private static final int SEGMENT = 1000;
    private static final int FIRST_SPI = 1001;
    private static final int SECOND_SPI = 1002;

    /** A gateway with both tunnels up, and its peers. */
    private static final class Rig {
        final MemoryGateway gateway;
        final OutboundSa first = peer(FIRST_SPI);
        final OutboundSa second = peer(SECOND_SPI);

        Rig(boolean offloads) {
            gateway = new MemoryGateway(offloads);
            gateway.child(1, FIRST_SPI);
            gateway.child(2, SECOND_SPI);
        }

        private static OutboundSa peer(int spi) {
            return new OutboundSa(TestKeys.aead(spi), PacketCipherEngine.jdk(), TestKeys.entropy());
        }

        void receive(OutboundSa sa, byte[] inner) {
            gateway.inWithoutEnd(MemoryGateway.sealedByPeer(sa, inner), MemoryGateway.REMOTE);
        }

        long received() {
            return gateway.dataPlane.counters(1).packetsIn()
                    + gateway.dataPlane.counters(2).packetsIn();
        }
    }

    private static PacketSketch reply() {
        PacketSketch sketch = PacketSketch.tcpV4();
        sketch.reply = true;
        return sketch;
    }

    @Provide
    Arbitrary<List<PacketSketch>> flows() {
        return SketchArbitraries.headers().list().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = 200)
    void everyFlowReachesTheHostAsItCame(@ForAll("flows") List<PacketSketch> headers, @ForAll long seed) {
        Random random = new Random(seed);
        Rig rig = new Rig(true);
        PacketSketch[] flows = new PacketSketch[headers.size()];
        Map<Integer, List<byte[]>> sent = new HashMap<>();
        for (int i = 0; i < flows.length; i++) {
            flows[i] = first(headers.get(i).copy(), i, random);
        }
        int packets = random.nextInt(1, 120);
        int flow = 0;
        for (int i = 0; i < packets; i++) {
            flow = random.nextInt(4) == 0 ? random.nextInt(flows.length) : flow;
            byte[] packet = flows[flow].octets();
            sent.computeIfAbsent(flow, _ -> new ArrayList<>()).add(packet);
            rig.receive(random.nextInt(20) == 0 ? rig.second : rig.first, packet);
            flows[flow] =
                    flows[flow].next(random.nextInt(5) == 0 ? random.nextInt(1, 1400) : flows[flow].payload.length);
            if (random.nextInt(30) == 0) {
                rig.gateway.endOfBatch();
            }
        }
        rig.gateway.endOfBatch();
        assertThat(rig.received()).isEqualTo(packets);
        assertThat(byFlow(taken(rig.gateway.writes), flows)).isEqualTo(texts(sent));
    }

    private static PacketSketch first(PacketSketch flow, int number, Random random) {
        flow.reply = true;
        flow.flags &= ~PacketSketch.SYN;
        flow.sourcePort = 2000 + number;
        return flow.payload(random.nextInt(1, 1400));
    }

    private static Map<Integer, List<String>> texts(Map<Integer, List<byte[]>> flows) {
        Map<Integer, List<String>> result = new HashMap<>();
        flows.forEach((flow, packets) ->
                result.put(flow, packets.stream().map(Arrays::toString).toList()));
        return result;
    }

    private static Map<Integer, List<String>> byFlow(List<byte[]> packets, PacketSketch[] flows) {
        Map<Integer, List<byte[]>> result = new HashMap<>();
        for (byte[] packet : packets) {
            for (int i = 0; i < flows.length; i++) {
                int at = flows[i].transportAt();
                boolean mine = packet.length > at + 2
                        && packet[0] >>> 4 == (flows[i].v6 ? 6 : 4)
                        && (packet[at] & 0xff) * 256 + (packet[at + 1] & 0xff) == 2000 + i;
                if (mine) {
                    result.computeIfAbsent(i, _ -> new ArrayList<>()).add(packet);
                    break;
                }
            }
        }
        return texts(result);
    }

    /** What the kernel makes of what was written. */
    private static List<byte[]> taken(List<byte[]> writes) {
        Segmenter segmenter = new Segmenter();
        List<byte[]> packets = new ArrayList<>();
        for (byte[] write : writes) {
            byte[] octets = write.clone();
            int length = octets.length - VirtioNetHeader.OCTETS;
            assertThat(segmenter.read(octets, VirtioNetHeader.OCTETS, length)).isTrue();
            for (int i = 0; i < segmenter.count(); i++) {
                byte[] packet = new byte[segmenter.segmentLength(i)];
                segmenter.write(i, packet, 0);
                packets.add(packet);
            }
        }
        return packets;
    }

    @Test
    void aStreamIsOneWriteForEachBatch() {
        Rig rig = new Rig(true);
        List<byte[]> segments = reply().payload(40 * SEGMENT).segments(SEGMENT);
        segments.subList(0, 25).forEach(packet -> rig.receive(rig.first, packet));
        assertThat(rig.gateway.writes).isEmpty();
        rig.gateway.endOfBatch();
        assertThat(rig.gateway.writes).hasSize(1);
        segments.subList(25, 40).forEach(packet -> rig.receive(rig.first, packet));
        rig.gateway.endOfBatch();
        assertThat(rig.gateway.writes).hasSize(2);
        rig.gateway.endOfBatch();
        assertThat(taken(rig.gateway.writes)).containsExactlyElementsOf(segments);
        assertThat(rig.gateway.dataPlane.counters(1).packetsIn()).isEqualTo(40);
        assertThat(rig.gateway.dataPlane.counters(1).bytesIn())
                .isEqualTo(segments.stream().mapToLong(packet -> packet.length).sum());
    }

    @Test
    void aStreamThatMovesBetweenTunnelsStaysInOrder() {
        Rig rig = new Rig(true);
        List<byte[]> segments = reply().payload(10 * SEGMENT).segments(SEGMENT);
        for (int i = 0; i < segments.size(); i++) {
            rig.receive(i % 2 == 0 ? rig.first : rig.second, segments.get(i));
        }
        rig.gateway.endOfBatch();
        assertThat(taken(rig.gateway.writes)).containsExactlyElementsOf(segments);
        assertThat(rig.gateway.dataPlane.counters(1).packetsIn()).isEqualTo(5);
        assertThat(rig.gateway.dataPlane.counters(2).packetsIn()).isEqualTo(5);
    }

    @Test
    void whatTheDeviceRefusesIsCountedByPacket() {
        Rig rig = new Rig(true);
        rig.gateway.tunWorks = false;
        reply().payload(7 * SEGMENT).segments(SEGMENT).forEach(packet -> rig.receive(rig.first, packet));
        rig.gateway.endOfBatch();
        assertThat(rig.gateway.writes).isEmpty();
        assertThat(rig.gateway.dataPlane.drops()).isEqualTo(Map.of("TUN_WRITE_FAILED", 7L));
    }

    @Test
    void withoutOffloadsEachPacketIsWrittenAtOnceAsItCame() {
        Rig rig = new Rig(false);
        List<byte[]> segments = reply().payload(5 * SEGMENT).segments(SEGMENT);
        segments.forEach(packet -> rig.receive(rig.first, packet));
        assertThat(rig.gateway.delivered).containsExactlyElementsOf(segments);
        assertThat(rig.gateway.writes)
                .allSatisfy(write ->
                        assertThat(Arrays.copyOf(write, VirtioNetHeader.OCTETS)).containsOnly(0));
    }

    @Test
    void whatIsRefusedInTheMiddleOfAStreamDoesNotHoldUpTheRest() {
        Rig rig = new Rig(true);
        List<byte[]> segments = reply().payload(4 * SEGMENT).segments(SEGMENT);
        PacketSketch foreign = reply();
        foreign.reply = false;
        rig.receive(rig.first, segments.get(0));
        rig.receive(rig.first, foreign.payload(SEGMENT).octets());
        rig.receive(rig.first, segments.get(1));
        rig.gateway.endOfBatch();
        assertThat(taken(rig.gateway.writes)).containsExactlyElementsOf(segments.subList(0, 2));
        assertThat(rig.gateway.dataPlane.counters(1).drops()).isEqualTo(Map.of("FOREIGN_INNER_SOURCE", 1L));
    }
}
