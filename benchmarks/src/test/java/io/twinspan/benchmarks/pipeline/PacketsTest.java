package io.twinspan.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.crypto.packet.HeaderVerdict;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PacketsTest {
    @Test
    void packetIsWhatAGatewayAccepts() {
        byte[] packet = Packets.udp(576, 0x0a010001, 0x0a010002, new Random(1));

        assertThat(IpPacket.check(packet, 0, packet.length)).isEqualTo(HeaderVerdict.OK);
        assertThat(Ipv4View.checksumValid(packet, 0)).isTrue();
        assertThat(Ipv4View.totalBytes(packet, 0)).isEqualTo(576);
        assertThat(Ipv4View.destination(packet, 0)).isEqualTo(0x0a010002);
    }

    @Test
    void packetTooShortForItsHeadersIsRefused() {
        assertThatThrownBy(() -> Packets.udp(27, 1, 2, new Random(1))).isInstanceOf(IllegalArgumentException.class);
    }
}
