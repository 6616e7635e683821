package io.twinspan.crypto.offload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What was put together and is cut again is, flow by flow, what came: nothing lost, added, changed or overtaken. */
final class CoalescerPropertyTest {
    private static final HexFormat HEX = HexFormat.of();

    @Property(tries = 600)
    void everyFlowComesOutAsItCame(@ForAll long seed, @ForAll boolean udpAllowed) {
        Random random = new Random(seed);
        List<byte[]> sent = new PacketTraffic(random).packets(random.nextInt(1, 300));
        WriteRecorder tun = new WriteRecorder();
        Coalescer coalescer = new Coalescer(udpAllowed, tun);
        for (byte[] packet : sent) {
            coalescer.add(packet, 0, packet.length);
            if (random.nextInt(50) == 0) {
                coalescer.flush();
            }
        }
        coalescer.flush();
        List<byte[]> got = tun.segments();
        assertThat(got).hasSameSizeAs(sent);
        assertThat(byFlow(got)).isEqualTo(byFlow(sent));
    }

    /** Each flow's packets in their order; what names no flow counts in every flow between the same addresses. */
    private static Map<String, String> byFlow(List<byte[]> packets) {
        Map<String, String> flows = new TreeMap<>();
        for (byte[] packet : packets) {
            flows.putIfAbsent(flow(packet), "");
        }
        for (byte[] packet : packets) {
            String mine = flow(packet);
            String octets = HEX.formatHex(withoutMeaningless(packet));
            if (isKeyed(packet)) {
                flows.merge(mine, octets + "\n", String::concat);
            } else {
                flows.replaceAll((flow, before) -> flow.startsWith(mine) ? before + octets + "\n" : before);
            }
        }
        return flows;
    }

    private static String flow(byte[] packet) {
        boolean v6 = packet[0] >>> 4 == 6;
        if (packet.length < (v6 ? 40 : 20) || (!v6 && packet[0] >>> 4 != 4)) {
            return "no IP";
        }
        String addresses = HEX.formatHex(packet, v6 ? 8 : 12, v6 ? 40 : 20);
        int transport = v6 ? 40 : 20;
        String ports = HEX.formatHex(packet, transport, Math.min(transport + 4, packet.length));
        return isKeyed(packet) ? addresses + " " + packet[v6 ? 6 : 9] + " " + ports : addresses;
    }

    /** No fragment, no options or extension headers. */
    private static boolean isKeyed(byte[] packet) {
        return packet[0] >>> 4 == 6
                ? packet[6] == 6 || packet[6] == 17
                : packet[0] == 0x45 && (ByteBuffer.wrap(packet).getShort(6) & 0xbfff) == 0;
    }

    /** RFC 6864 section 4: what an atomic datagram's identification is does not matter. */
    private static byte[] withoutMeaningless(byte[] packet) {
        boolean atomic = packet[0] == 0x45
                && ByteBuffer.wrap(packet).getShort(6) == PacketSketch.DF
                && PacketSketch.checksum(packet, 0, 20) == 0;
        byte[] copy = packet.clone();
        if (atomic) {
            ByteBuffer.wrap(copy).putShort(4, (short) 0).putShort(10, (short) 0);
        }
        return copy;
    }
}
