package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.resume.StateRegion;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A data plane whose process dies, and the next one over the same memory. */
final class TakenOverDataPlaneTest {
    private static final int SPI = 1001;
    private static final byte[] OUT = TestPackets.udp("10.1.0.10", "10.2.0.10", 100, true);
    private static final byte[] IN = TestPackets.udp("10.2.0.10", "10.1.0.10", 100, true);

    private final ByteBuffer memory = ByteBuffer.allocateDirect(StateRegion.BYTES);
    private final OutboundSa peer = new OutboundSa(TestKeys.aead(SPI), PacketCipherEngine.jdk(), TestKeys.entropy());

    private MemoryGateway process() {
        StateRegion region = StateRegion.over(memory, () -> 0);
        region.proved();
        region.peer(new TunnelName("test", 1)).keep(() -> Set.of(SPI), () -> new byte[0]);
        MemoryGateway gateway = MemoryGateway.with(region.numbers());
        gateway.child(1, SPI);
        gateway.activate(1);
        return gateway;
    }

    @Property(tries = 20)
    void noNumberIsSentTwiceHoweverOftenTheProcessDies(@ForAll long seed) {
        Random random = new Random(seed);
        long highest = 0;
        for (int life = 0; life < 8; life++) {
            MemoryGateway gateway = process();
            for (int i = random.nextInt(40); i >= 0; i--) {
                gateway.out(OUT);
            }
            for (byte[] esp : gateway.sent) {
                long number = Integer.toUnsignedLong(ByteBuffer.wrap(esp).getInt(4));
                long iv = ByteBuffer.wrap(esp).getLong(8);
                assertThat(number).as("seed %d", seed).isGreaterThan(highest);
                assertThat(iv).isEqualTo(number);
                highest = number;
            }
        }
    }

    @Test
    void whatWasTakenBeforeIsNotTakenAgainAndWhatIsNewIs() {
        byte[] first = MemoryGateway.sealedByPeer(peer, IN);
        byte[] overtaken = MemoryGateway.sealedByPeer(peer, IN);
        byte[] third = MemoryGateway.sealedByPeer(peer, IN);
        MemoryGateway before = process();
        before.in(first, MemoryGateway.REMOTE);
        before.in(third, MemoryGateway.REMOTE);
        assertThat(before.delivered).hasSize(2);
        MemoryGateway after = process();
        after.in(first, MemoryGateway.REMOTE);
        after.in(third, MemoryGateway.REMOTE);
        // It was not seen, but who knows that? RFC 4303 section 3.4.3 refuses in doubt.
        after.in(overtaken, MemoryGateway.REMOTE);
        assertThat(after.delivered).isEmpty();
        assertThat(after.dataPlane.counters(1).drops()).containsEntry("REPLAYED", 3L);
        after.in(MemoryGateway.sealedByPeer(peer, IN), MemoryGateway.REMOTE);
        assertThat(after.delivered).hasSize(1);
    }

    @Test
    void whatWasLostWhileNobodyWasThereIsNoSignOfABadPath() {
        process().in(MemoryGateway.sealedByPeer(peer, IN), MemoryGateway.REMOTE);
        for (int i = 0; i < 500; i++) {
            MemoryGateway.sealedByPeer(peer, IN);
        }
        MemoryGateway after = process();
        after.in(MemoryGateway.sealedByPeer(peer, IN), MemoryGateway.REMOTE);
        MemoryGateway.sealedByPeer(peer, IN);
        after.in(MemoryGateway.sealedByPeer(peer, IN), MemoryGateway.REMOTE);
        assertThat(after.dataPlane.counters(1).packetsMissingIn()).isEqualTo(1);
    }
}
