package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import io.twinspan.crypto.offload.PacketSketch;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.loop.LoopClock;
import io.twinspan.daemon.queue.Pacer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The queue between TUN and cipher, with a socket that is full at will and a clock that stands still. */
class ConnectionEgressTest {
    private static final int SPI = 1001;
    private static final int SEGMENT = 1000;
    private static final int CS6 = 48 << 2;
    private static final int ECT0 = 2;
    private static final int CE = 3;

    private final MockTicker ticker = Ticker.newMockTicker();
    private final LoopClock clock = new LoopClock(ticker);

    private static MemoryGateway active(MemoryGateway gateway) {
        gateway.child(1, SPI);
        gateway.activate(1);
        return gateway;
    }

    private void offer(MemoryGateway gateway, PacketSketch sketch) {
        ConnectionEgress egress = gateway.dataPlane.egress();
        PacketSlot slot = Objects.requireNonNull(egress.room(0));
        MemoryGateway.load(slot, sketch.superPacket(SEGMENT));
        egress.offer(slot, clock.refresh());
    }

    private long run(MemoryGateway gateway) {
        return gateway.dataPlane.egress().run(clock);
    }

    private void advanceMillis(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
    }

    @Test
    void nothingWaitsAtFirst() {
        assertThat(run(active(new MemoryGateway()))).isEqualTo(ConnectionEgress.IDLE);
    }

    @Test
    void controlTrafficLeavesBeforeDataThatCameEarlier() {
        MemoryGateway gateway = active(new MemoryGateway());
        PacketSketch data = PacketSketch.tcpV4().payload(2 * SEGMENT);
        PacketSketch control = PacketSketch.tcpV4().payload(10);
        control.trafficClass = CS6;
        offer(gateway, data);
        offer(gateway, control);
        assertThat(run(gateway)).isEqualTo(ConnectionEgress.IDLE);
        List<byte[]> packets = data.segments(SEGMENT);
        assertThat(gateway.opened(SPI)).containsExactly(control.octets(), packets.get(0), packets.get(1));
    }

    @Test
    void dataWaitsForAFullSocketAndNoneIsLost() {
        MemoryGateway gateway = active(new MemoryGateway());
        PacketSketch data = PacketSketch.tcpV4().payload(3 * SEGMENT);
        gateway.socketFull = true;
        offer(gateway, data);
        assertThat(run(gateway)).isEqualTo(ConnectionEgress.BLOCKED);
        assertThat(gateway.sent).isEmpty();
        gateway.socketFull = false;
        assertThat(run(gateway)).isEqualTo(ConnectionEgress.IDLE);
        assertThat(gateway.opened(SPI)).containsExactlyElementsOf(data.segments(SEGMENT));
        assertThat(gateway.dataPlane.counters(1).drops()).isEmpty();
    }

    @Test
    void dataIsRefusedAtOnceWhereNoTunnelIsActiveHoweverFullItsSocket() {
        MemoryGateway gateway = active(new MemoryGateway());
        gateway.socketFull = true;
        gateway.activate(DataPlane.NO_TUNNEL);
        offer(gateway, PacketSketch.tcpV4().payload(SEGMENT));
        assertThat(run(gateway)).isEqualTo(ConnectionEgress.IDLE);
        assertThat(gateway.answers).hasSize(1);
        assertThat(gateway.dataPlane.drops()).containsEntry("NO_ACTIVE_TUNNEL", 1L);
    }

    @Test
    void aPacedTunnelSaysWhenItMaySendAgain() {
        long burstNanos = 1_000_000;
        MemoryGateway gateway = active(new MemoryGateway(true, () -> new Pacer(80_000_000, 0, burstNanos)));
        for (int i = 0; i < 8; i++) {
            offer(gateway, PacketSketch.tcpV4().payload(10 * SEGMENT));
        }
        long start = clock.refresh();
        long next = run(gateway);
        while (next < ConnectionEgress.BLOCKED) {
            // A wake-up too early sends nothing and says the same again.
            int before = gateway.sent.size();
            assertThat(next).isGreaterThan(clock.nowNanos());
            assertThat(run(gateway)).isEqualTo(next);
            assertThat(gateway.sent).hasSize(before);
            ticker.advance(next - clock.nowNanos(), TimeUnit.NANOSECONDS);
            next = run(gateway);
            assertThat(gateway.sent.size()).isGreaterThan(before);
        }
        assertThat(next).isEqualTo(ConnectionEgress.IDLE);
        assertThat(gateway.sent).hasSize(80);
        long octets = gateway.dataPlane.counters(1).bytesOut();
        // 10 octets in a microsecond; the burst and the last packet need not be waited for.
        assertThat(clock.nowNanos() - start).isGreaterThan((octets - 11_000) * 100 - burstNanos);
    }

    @Test
    void roomEndsWithTheQueueAndComesBackWithIt() {
        MemoryGateway gateway = active(new MemoryGateway());
        ConnectionEgress egress = gateway.dataPlane.egress();
        gateway.socketFull = true;
        int taken = 0;
        while (egress.hasRoom()) {
            offer(gateway, PacketSketch.tcpV4().payload(10));
            taken++;
        }
        assertThat(taken).isEqualTo(193);
        assertThat(egress.room(0)).isNull();
        gateway.socketFull = false;
        run(gateway);
        assertThat(egress.hasRoom()).isTrue();
        assertThat(gateway.sent).hasSize(193);
    }

    @Test
    void aSlotThatWasNotUsedIsGivenAgain() {
        ConnectionEgress egress = active(new MemoryGateway()).dataPlane.egress();
        for (int i = 0; i < 2 * EgressPlan.SLOTS; i++) {
            egress.unused(Objects.requireNonNull(egress.room(0)));
        }
    }

    @Test
    void aRunEndsAfterItsBudgetAndAsksToGoOn() {
        MemoryGateway gateway = active(new MemoryGateway());
        for (int i = 0; i < 30; i++) {
            offer(gateway, PacketSketch.tcpV4().payload(60 * SEGMENT));
        }
        long next = run(gateway);
        assertThat(next).isLessThanOrEqualTo(clock.nowNanos());
        assertThat(gateway.sent).hasSize(18 * 60);
        assertThat(run(gateway)).isEqualTo(ConnectionEgress.IDLE);
        assertThat(gateway.sent).hasSize(30 * 60);
    }

    @Test
    void aSuperPacketThatWaitedTooLongLosesOneSegmentWhichIsCounted() {
        MemoryGateway gateway = active(new MemoryGateway());
        PacketSketch victim = congested(gateway, 0);
        gateway.sent.clear();
        gateway.socketRoom = Integer.MAX_VALUE;
        run(gateway);
        assertThat(gateway.sent).hasSize(7);
        assertThat(gateway.dataPlane.drops()).isEqualTo(Map.of("AQM_DROP", 1L));
        assertThat(gateway.dataPlane.counters(1).packetsOut()).isEqualTo(15);
        assertThat(victim.segments(SEGMENT)).hasSize(4);
    }

    @Test
    void aSuperPacketOfASenderThatHeedsMarksIsMarkedInEverySegmentInsideAndOutside() {
        MemoryGateway gateway = active(new MemoryGateway());
        PacketSketch marked = congested(gateway, ECT0).copy();
        gateway.socketRoom = Integer.MAX_VALUE;
        run(gateway);
        marked.trafficClass = CE;
        List<byte[]> opened = gateway.opened(SPI);
        assertThat(opened).hasSize(16);
        assertThat(opened.subList(8, 12)).containsExactlyElementsOf(marked.segments(SEGMENT));
        assertThat(gateway.outerTos.subList(8, 12)).containsOnly(CE);
        assertThat(gateway.outerTos.subList(12, 16)).containsOnly(ECT0);
        assertThat(gateway.dataPlane.drops()).isEqualTo(Map.of("AQM_MARKED", 1L));
    }

    /** Four super-packets, of which the third is the next to leave and has waited too long, after all before it had. */
    private PacketSketch congested(MemoryGateway gateway, int ecn) {
        PacketSketch first = PacketSketch.tcpV4().payload(4 * SEGMENT);
        first.trafficClass = ecn;
        offer(gateway, first);
        offer(gateway, first.next());
        gateway.socketRoom = 4;
        advanceMillis(6);
        assertThat(run(gateway)).isEqualTo(ConnectionEgress.BLOCKED);
        PacketSketch third = first.next().next();
        advanceMillis(13);
        offer(gateway, third);
        offer(gateway, third.next());
        gateway.socketRoom = 8;
        run(gateway);
        advanceMillis(90);
        return third;
    }
}
