package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTrafficTest {
    private static final String HOST = "10.1.0.1";
    private static final String PEER = "169.254.1.1";
    private static final String PEER6 = "fd00::1";
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final ControlTraffic control = new ControlTraffic(new ConnectionPlan(
            "test",
            List.of(),
            List.of(),
            1500,
            List.of(
                    new TunnelPlan(1, MemoryGateway.address("169.254.1.2"), MemoryGateway.address(PEER)),
                    new TunnelPlan(2, MemoryGateway.address("fd00::2"), MemoryGateway.address(PEER6)))));

    @ParameterizedTest
    @CsvSource({"0xc0, true", "0xc3, true", "0xe0, true", "0xb8, false", "0xc4, false", "0, false"})
    void networkControlIsMarkedWithCs6OrCs7(String tos, boolean expected) {
        byte[] packet = TestPackets.udp(HOST, "10.2.0.1", 100, true);
        packet[1] = Integer.decode(tos).byteValue();
        assertThat(includes(packet)).isEqualTo(expected);

        byte[] packet6 = TestPackets.ipv6("fd01::1", "fd02::1", 100);
        ByteBuffer.wrap(packet6).putInt(0x6000_0000 | Integer.decode(tos) << 20);
        assertThat(includes(packet6)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"40000, 179, true", "179, 40000, true", "40000, 443, false"})
    void bgpToAPeersInsideAddressGoesFirst(int source, int destination, boolean expected) {
        assertThat(includes(ports(TestPackets.syn(HOST, PEER, 1400), 20, source, destination)))
                .isEqualTo(expected);
        byte[] packet6 = TestPackets.ipv6("fd00::2", PEER6, 60);
        packet6[6] = TCP;
        assertThat(includes(ports(packet6, 40, source, destination))).isEqualTo(expected);
    }

    @Test
    void bgpOfTheNetworksThemselvesIsData() {
        assertThat(includes(ports(TestPackets.syn(HOST, "10.2.0.1", 1400), 20, 40_000, 179)))
                .isFalse();
    }

    @Test
    void probesOfAPeersInsideAddressGoFirst() {
        byte[] ping = TestPackets.udp(HOST, PEER, 84, false);
        ping[9] = 1;
        byte[] ping6 = TestPackets.ipv6("fd00::2", PEER6, 104);
        ping6[6] = 58;

        assertThat(includes(ping)).isTrue();
        assertThat(includes(ping6)).isTrue();
        ping[9] = UDP;
        assertThat(includes(ping)).isFalse();
    }

    @Test
    void laterFragmentsHaveNoPortsToRead() {
        byte[] packet = ports(TestPackets.syn(HOST, PEER, 1400), 20, 40_000, 179);
        packet[6] = 0;
        packet[7] = 1;
        assertThat(includes(packet)).isFalse();
    }

    @Property
    void anyOctetsGetAnAnswer(@ForAll long seed) {
        byte[] noise = new byte[64];
        new Random(seed).nextBytes(noise);
        noise[0] = (byte) (seed % 2 == 0 ? 0x46 : 0x60);
        for (int length = 0; length <= noise.length; length++) {
            ByteBuffer.wrap(noise).putShort(noise[0] == 0x46 ? 2 : 4, (short) length);
            control.includes(noise, 0, length);
        }
    }

    private boolean includes(byte[] packet) {
        return control.includes(packet, 0, packet.length);
    }

    private static byte[] ports(byte[] packet, int at, int source, int destination) {
        ByteBuffer.wrap(packet).putShort(at, (short) source).putShort(at + 2, (short) destination);
        return packet;
    }
}
