package io.twinspan.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.crypto.offload.Coalescer;
import io.twinspan.crypto.offload.Segmenter;
import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.packet.HeaderVerdict;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.TcpMssClamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PacketsTest {
    private final Random random = new Random(1);

    @Test
    void udpPacketIsWhatAGatewayAccepts() {
        byte[] packet = Packets.udp(576, random);

        assertThat(IpPacket.check(packet, 0, packet.length)).isEqualTo(HeaderVerdict.OK);
        assertThat(Ipv4View.checksumValid(packet, 0)).isTrue();
        assertThat(Ipv4View.totalBytes(packet, 0)).isEqualTo(576);
    }

    @Test
    void packetTooShortForItsHeadersIsRefused() {
        assertThatThrownBy(() -> Packets.udp(27, random)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void superPacketIsCutIntoItsSegments() {
        byte[] whole = Packets.tcpSuperPacket(3_000, 1_000, random);
        Segmenter segmenter = new Segmenter();

        assertThat(segmenter.read(whole, VirtioNetHeader.OCTETS, whole.length - VirtioNetHeader.OCTETS))
                .isTrue();
        assertThat(segmenter.count()).isEqualTo(3);
        assertThat(segmenter.longestSegment()).isEqualTo(Packets.TCP_HEADERS_OCTETS + 1_000);
    }

    @Test
    void segmentsInOrderBecomeOneSuperPacket() {
        List<Integer> packetsInEach = new ArrayList<>();
        Coalescer coalescer = new Coalescer(false, (array, from, length, packets) -> packetsInEach.add(packets));

        for (int i = 0; i < 5; i++) {
            byte[] segment = Packets.tcp(1_000, i * 1_000, random);
            coalescer.add(segment, 0, segment.length);
        }
        coalescer.flush();

        assertThat(packetsInEach).containsExactly(5);
    }

    @Test
    void synIsClamped() {
        byte[] syn = Packets.syn(1460, random);

        assertThat(TcpMssClamp.clamp(syn, 0, syn.length, 1460, 1440)).isFalse();
        assertThat(TcpMssClamp.clamp(syn, 0, syn.length, 1360, 1340)).isTrue();
    }
}
