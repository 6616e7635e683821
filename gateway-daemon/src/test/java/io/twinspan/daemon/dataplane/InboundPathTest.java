package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InboundPathTest {
    private static final String HOST = "10.1.0.10";
    private static final String PEER_HOST = "10.2.0.10";
    private static final Endpoint ELSEWHERE = new Endpoint(MemoryGateway.address("203.0.113.9"), 61_000);

    private final MemoryGateway gateway = new MemoryGateway();
    private final OutboundSa peer = new OutboundSa(TestKeys.aead(1001), PacketCipherEngine.jdk(), TestKeys.entropy());

    private void receive(byte[] inner) {
        gateway.in(MemoryGateway.sealedByPeer(peer, inner), MemoryGateway.REMOTE);
    }

    @Test
    void deliversFromATunnelThatIsNotActive() {
        gateway.child(1, 1001);
        gateway.activate(2);
        gateway.now = 77;
        byte[] inner = TestPackets.udp(PEER_HOST, HOST, 300, true);
        receive(inner);
        assertThat(gateway.delivered).containsExactly(inner);
        assertThat(gateway.dataPlane.counters(1).bytesIn()).isEqualTo(300);
        assertThat(gateway.dataPlane.counters(1).lastAuthenticatedNanos()).isEqualTo(77);
        receive(inner);
        assertThat(gateway.events).containsExactly(new SaEvent.FirstAuthenticated(1, 1001, 77));
    }

    @Test
    void e22_dropsWhatIsNotBehindThePeerOrNotForUs() {
        gateway.child(1, 1001);
        receive(TestPackets.udp("10.9.0.1", HOST, 100, true));
        receive(TestPackets.udp("169.254.2.1", HOST, 100, true));
        receive(TestPackets.udp(PEER_HOST, "8.8.8.8", 100, true));
        receive(TestPackets.udp(PEER_HOST, "169.254.2.2", 100, true));
        receive(TestPackets.udp(PEER_HOST, "192.0.2.1", 100, true));
        receive(TestPackets.udp(PEER_HOST, "10.2.0.11", 100, true));
        assertThat(gateway.delivered).isEmpty();
        assertThat(gateway.dataPlane.counters(1).drops())
                .containsEntry("FOREIGN_INNER_SOURCE", 2L)
                .containsEntry("FOREIGN_INNER_DESTINATION", 4L);
        receive(TestPackets.udp("169.254.1.1", "169.254.1.2", 100, true));
        assertThat(gateway.delivered).hasSize(1);
    }

    @Test
    void d3_neverMatchesAReservedSpi() {
        for (int spi = 0; spi <= 255; spi++) {
            byte[] packet = new byte[100];
            ByteBuffer.wrap(packet).putInt(spi);
            gateway.in(packet, MemoryGateway.REMOTE);
        }
        assertThat(gateway.strangers.snapshot()).containsExactly(Map.entry("ESP_RESERVED_SPI", 256L));
        assertThat(gateway.events).isEmpty();
    }

    @Test
    void d6_dropsEveryLengthBelowTheSmallestPacket() {
        gateway.child(1, 1001);
        byte[] whole = gateway.sealedByPeer(1001, TestPackets.udp(PEER_HOST, HOST, 28, true));
        for (int length = 0; length < whole.length; length++) {
            gateway.in(Arrays.copyOf(whole, length), MemoryGateway.REMOTE);
        }
        assertThat(gateway.delivered).isEmpty();
        assertThat(gateway.strangers.snapshot()).containsEntry("ESP_TOO_SHORT", 8L);
        gateway.in(whole, MemoryGateway.REMOTE);
        assertThat(gateway.delivered).hasSize(1);
    }

    @Test
    void e21_dropsReplaysAndForgeriesByName() {
        gateway.child(1, 1001);
        byte[] packet = MemoryGateway.sealedByPeer(peer, TestPackets.udp(PEER_HOST, HOST, 100, true));
        byte[] forged = packet.clone();
        forged[40] ^= 1;
        gateway.in(forged, ELSEWHERE);
        gateway.in(packet, MemoryGateway.REMOTE);
        gateway.in(packet, MemoryGateway.REMOTE);
        assertThat(gateway.delivered).hasSize(1);
        assertThat(gateway.dataPlane.counters(1).drops())
                .containsEntry("BAD_ICV", 1L)
                .containsEntry("REPLAYED", 1L);
    }

    @Test
    void e19_addressFollowsOnlyAuthenticPackets() {
        gateway.child(1, 1001);
        byte[] inner = TestPackets.udp(PEER_HOST, HOST, 100, true);
        byte[] forged = MemoryGateway.sealedByPeer(peer, inner);
        forged[forged.length - 1] ^= 1;
        gateway.in(forged, ELSEWHERE);
        assertThat(gateway.events).isEmpty();
        SaEvent moved = new SaEvent.PeerMoved(1, 1001, ELSEWHERE);
        for (int i = 0; i < 10; i++) {
            gateway.in(MemoryGateway.sealedByPeer(peer, inner), ELSEWHERE);
        }
        assertThat(gateway.events).filteredOn(moved::equals).hasSize(1);
        gateway.dataPlane.updatePath(1, 1001, new EspPath(true, MemoryGateway.LOCAL, ELSEWHERE));
        gateway.now += 5_000_000_000L;
        gateway.in(MemoryGateway.sealedByPeer(peer, inner), ELSEWHERE);
        assertThat(gateway.events).filteredOn(moved::equals).hasSize(1);
    }

    @Test
    void e8_reportsUnknownSpisAtALimitedRate() {
        byte[] packet = new byte[100];
        ByteBuffer.wrap(packet).putInt(0x7000_0000);
        for (int i = 0; i < 100_000; i++) {
            gateway.in(packet, MemoryGateway.REMOTE);
        }
        assertThat(gateway.strangers.snapshot()).containsEntry("UNKNOWN_SPI", 100_000L);
        assertThat(gateway.events).hasSizeBetween(1, 10);
    }

    @Test
    void opensNothingOnASaThatWasRemoved() {
        gateway.child(1, 1001);
        gateway.dataPlane.removeChild(1, 1001);
        receive(TestPackets.udp(PEER_HOST, HOST, 100, true));
        assertThat(gateway.delivered).isEmpty();
        assertThat(gateway.strangers.snapshot()).containsEntry("UNKNOWN_SPI", 1L);
    }

    @Test
    void acknowledgesAnInstallationOnlyWhenPacketsAreOpened() {
        boolean[] openedAlready = new boolean[1];
        byte[] packet = gateway.sealedByPeer(1001, TestPackets.udp(PEER_HOST, HOST, 100, true));
        gateway.dataPlane.installInbound(1, TestKeys.aead(1001), MemoryGateway.UDP_PATH, () -> {
            gateway.in(packet, MemoryGateway.REMOTE);
            openedAlready[0] = gateway.delivered.size() == 1;
        });
        assertThat(openedAlready[0]).isTrue();
    }
}
