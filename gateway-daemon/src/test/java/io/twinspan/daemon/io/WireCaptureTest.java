package io.twinspan.daemon.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.EspDecapsulator;
import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.crypto.esp.InboundSa;
import io.twinspan.crypto.packet.InternetChecksum;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.daemon.dataplane.TestKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.BlockingMode;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/** What a line carries of a stream is what a gateway without super-packets would have sent. */
class WireCaptureTest {
    private static final int STREAM_OCTETS = 4 << 20;
    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int UDP = 8;
    private static final int INNER_MTU = 1400;
    private static final int CAPTURE_OCTETS = 64 << 20;
    private static final int SNAP_OCTETS = 65_536;

    @ParameterizedTest(name = "UDP {0}, IPv6 {1}")
    @CsvSource({"true, false", "true, true", "false, false"})
    void everyPacketIsOneThatAPerPacketPathWouldSend(boolean udp, boolean v6) throws Exception {
        TestPair.run(true, true, pair -> {
            pair.asOnAWire();
            pair.left().network.sysctl("net/ipv4/tcp_ecn", "1");
            pair.right().network.sysctl("net/ipv4/tcp_ecn", "1");
            TestGateway.tunnelUp(pair.left(), pair.right(), 1, udp);
            List<byte[]> frames = new ArrayList<>();
            PcapHandle handle = pair.right().network.call(() -> open(TestPair.RIGHT_WAN));
            try (handle) {
                TestPair.stream(pair.left(), pair.right(), v6, STREAM_OCTETS);
                for (byte[] frame = handle.getNextRawPacket(); frame != null; frame = handle.getNextRawPacket()) {
                    frames.add(frame);
                }
                assertThat(handle.getStats().getNumPacketsDropped()).isZero();
            }
            Map<String, Long> drops = pair.left().io.drops();
            judge(frames, udp, v6, Math.toIntExact(drops.getOrDefault("AQM_DROP", 0L)));
        });
    }

    private static PcapHandle open(String device) throws Exception {
        PcapHandle handle = new PcapHandle.Builder(device)
                .snaplen(SNAP_OCTETS)
                .bufferSize(CAPTURE_OCTETS)
                .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
                .timeoutMillis(10)
                .immediateMode(true)
                .build();
        handle.setBlockingMode(BlockingMode.NONBLOCKING);
        handle.setFilter("ip src 192.0.2.1 and (udp port 4500 or proto 50)", BpfCompileMode.OPTIMIZE);
        return handle;
    }

    private static void judge(List<byte[]> frames, boolean udp, boolean v6, int dropped) {
        InboundSa sa = new InboundSa(TestKeys.aead(TestGateway.RIGHT_SPI + 1), PacketCipherEngine.jdk());
        EspDecapsulator decapsulator = new EspDecapsulator();
        Stream stream = new Stream();
        int sequence = 0;
        for (byte[] frame : frames) {
            byte[] outer = Arrays.copyOfRange(frame, ETHERNET, frame.length);
            int total = Ipv4View.totalBytes(outer, 0);
            assertThat(total).isLessThanOrEqualTo(TestGateway.UPLINK_MTU);
            assertThat(Ipv4View.checksumValid(outer, 0)).isTrue();
            // Neither DF nor a fragment.
            assertThat(ByteBuffer.wrap(outer).getShort(6)).isZero();
            int esp = IPV4 + (udp ? UDP : 0);
            sequence++;
            assertThat(ByteBuffer.wrap(outer).getInt(esp + 4)).isEqualTo(sequence);
            int tos = Ipv4View.typeOfService(outer, 0);
            assertThat(decapsulator.open(sa, outer, esp, total - esp, tos)).isEqualTo(EspVerdict.OK);
            int from = decapsulator.resultOffset();
            byte[] inner = Arrays.copyOfRange(outer, from, from + decapsulator.resultLength());
            assertThat(inner.length).isLessThanOrEqualTo(INNER_MTU);
            // The link does not mark, so the outer octet is still the inner one (RFC 6040 section 4.1).
            assertThat(trafficClass(inner)).isEqualTo(tos);
            if (isTcp(inner) && (inner[0] >>> 4 == 6) == v6) {
                stream.take(inner, v6);
            }
        }
        // SYN and FIN count as one each.
        assertThat(stream.next - stream.first).isEqualTo(STREAM_OCTETS + 2);
        assertThat(stream.gaps).isLessThanOrEqualTo(dropped);
        assertThat(stream.missing).isLessThanOrEqualTo(dropped);
        assertThat(stream.marked).isPositive();
    }

    private static int trafficClass(byte[] packet) {
        return packet[0] >>> 4 == 4
                ? packet[1] & 0xff
                : (ByteBuffer.wrap(packet).getInt() >>> 20) & 0xff;
    }

    private static boolean isTcp(byte[] packet) {
        return packet[packet[0] >>> 4 == 4 ? 9 : 6] == 6;
    }

    /** One direction of one TCP connection. */
    private static final class Stream {
        int marked;
        int gaps;
        int missing;
        private int first;
        private int next;
        private int identification = -1;
        private boolean begun;

        void take(byte[] packet, boolean v6) {
            ByteBuffer octetsOf = ByteBuffer.wrap(packet);
            int transport = v6 ? 40 : IPV4;
            int total = v6 ? 40 + (octetsOf.getShort(4) & 0xffff) : octetsOf.getShort(2) & 0xffff;
            assertThat(total).isEqualTo(packet.length);
            if (!v6) {
                assertThat(Ipv4View.checksumValid(packet, 0)).isTrue();
                int id = octetsOf.getShort(4) & 0xffff;
                // A socket that only waits for its end answers with 0.
                boolean waits = id == 0 && packet.length == transport + 32;
                boolean follows = identification >= 0 && !waits;
                missing += follows ? (id - identification - 1) & 0xffff : 0;
                identification = id;
            }
            assertThat(transportChecksum(packet, transport, v6)).isZero();
            int data = packet.length - transport - ((packet[transport + 12] >>> 4) & 0xf) * 4;
            int sequence = octetsOf.getInt(transport + 4);
            int flags = packet[transport + 13];
            int counted = (flags & 2) / 2 + (flags & 1);
            first = begun ? first : sequence;
            next = begun ? next : sequence;
            begun = true;
            // What is sent again is older; only what queue management took may be left out.
            gaps += sequence - next > 0 ? 1 : 0;
            next += Math.max(0, sequence + data + counted - next);
            marked += (trafficClass(packet) & 3) == 2 ? 1 : 0;
        }

        private static int transportChecksum(byte[] packet, int transport, boolean v6) {
            int addresses = v6 ? 32 : 8;
            int length = packet.length - transport;
            ByteBuffer all = ByteBuffer.allocate(addresses + 8 + length);
            all.put(packet, v6 ? 8 : 12, addresses).putInt(length).putInt(6).put(packet, transport, length);
            return InternetChecksum.compute(all.array(), 0, all.capacity(), 0);
        }
    }
}
