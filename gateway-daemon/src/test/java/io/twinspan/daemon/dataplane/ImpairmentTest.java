package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImpairmentTest {
    private static final String HOST = "10.1.0.10";
    private static final String PEER_HOST = "10.2.0.10";
    private static final int SPI = 1001;
    private static final int OTHER_SPI = 2002;
    private static final long MILLI = 1_000_000;

    private final MemoryGateway gateway = new MemoryGateway();
    private final OutboundSa peer = new OutboundSa(TestKeys.aead(SPI), PacketCipherEngine.jdk(), TestKeys.entropy());

    @BeforeEach
    void tunnels() {
        gateway.child(1, SPI);
        gateway.child(2, OTHER_SPI);
        gateway.activate(1);
    }

    @Test
    void aBlackHoleTakesEverythingBothWaysAndCountsItUnderItsOwnName() {
        gateway.dataPlane.impair(1, loss(1, 1));
        gateway.out(packetOut(100));
        gateway.in(packetIn(100), MemoryGateway.REMOTE);
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.delivered).isEmpty();
        assertThat(gateway.dataPlane.counters(1).drops())
                .containsOnlyKeys("DRILL_OUT", "DRILL_IN")
                .containsEntry("DRILL_OUT", 1L)
                .containsEntry("DRILL_IN", 1L);
        assertThat(gateway.dataPlane.counters(1).lastAuthenticatedNanos())
                .describedAs("it never arrived")
                .isEqualTo(Long.MIN_VALUE);
        assertThat(gateway.events).isEmpty();
    }

    @Test
    void oneWayBlackHolesLeaveTheOtherWayAlone() {
        gateway.dataPlane.impair(1, loss(1, 0));
        gateway.out(packetOut(100));
        gateway.in(packetIn(100), MemoryGateway.REMOTE);
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.delivered).hasSize(1);
        gateway.dataPlane.impair(1, loss(0, 1));
        gateway.out(packetOut(100));
        gateway.in(packetIn(100), MemoryGateway.REMOTE);
        assertThat(gateway.sent).hasSize(1);
        assertThat(gateway.delivered).hasSize(1);
    }

    @Test
    void theOtherTunnelFeelsNothing() {
        gateway.dataPlane.impair(1, loss(1, 1));
        gateway.activate(2);
        gateway.out(packetOut(100));
        gateway.in(gateway.sealedByPeer(OTHER_SPI, inner(100)), MemoryGateway.REMOTE);
        assertThat(gateway.sent).hasSize(1);
        assertThat(gateway.delivered).hasSize(1);
        assertThat(gateway.dataPlane.counters(2).drops()).isEmpty();
    }

    @Test
    void aNewChildSaAndANewPathAreImpairedTooAndNoneEndsItForAll() {
        gateway.dataPlane.impair(1, loss(1, 1));
        gateway.child(1, TestKeys.aead(1003));
        gateway.dataPlane.updatePath(1, 1003, MemoryGateway.UDP_PATH);
        gateway.out(packetOut(100));
        assertThat(gateway.sent).isEmpty();
        gateway.dataPlane.impair(1, Impairment.NONE);
        gateway.out(packetOut(100));
        gateway.in(packetIn(100), MemoryGateway.REMOTE);
        assertThat(gateway.sent).hasSize(1);
        assertThat(gateway.delivered).hasSize(1);
    }

    @Test
    void delayedPacketsArriveOnTimeAndInOrder() {
        gateway.dataPlane.impair(1, delay(50));
        for (int i = 0; i < 5; i++) {
            gateway.out(packetOut(100 + i));
            gateway.in(packetIn(100 + i), MemoryGateway.REMOTE);
            gateway.advance(10 * MILLI);
        }
        assertThat(gateway.sent).hasSize(1);
        assertThat(gateway.delivered).hasSize(1);
        gateway.advance(39 * MILLI);
        assertThat(gateway.sent).hasSize(4);
        gateway.advance(MILLI);
        assertThat(gateway.opened(SPI)).extracting(it -> it.length).containsExactly(100, 101, 102, 103, 104);
        assertThat(gateway.delivered).extracting(it -> it.length).containsExactly(100, 101, 102, 103, 104);
    }

    @Test
    void theEndOfALatencyDrillLosesNothingAndLeavesNothingBehind() {
        gateway.dataPlane.impair(1, delay(500));
        gateway.out(packetOut(100));
        gateway.in(packetIn(100), MemoryGateway.REMOTE);
        gateway.dataPlane.impair(1, Impairment.NONE);
        gateway.out(packetOut(101));
        gateway.in(packetIn(101), MemoryGateway.REMOTE);
        assertThat(gateway.opened(SPI)).extracting(it -> it.length).containsExactly(100, 101);
        assertThat(gateway.delivered).extracting(it -> it.length).containsExactly(100, 101);
        gateway.advance(10_000 * MILLI);
        assertThat(gateway.sent).hasSize(2);
        assertThat(gateway.delivered).hasSize(2);
    }

    @Test
    void delayedPacketsOfAChildThatIsGoneMeanwhileAreNotDelivered() {
        gateway.dataPlane.impair(1, delay(50));
        gateway.in(packetIn(100), MemoryGateway.REMOTE);
        gateway.dataPlane.removeChild(1, SPI);
        gateway.advance(50 * MILLI);
        assertThat(gateway.delivered).isEmpty();
        assertThat(gateway.strangers.snapshot()).containsEntry("UNKNOWN_SPI", 1L);
    }

    @Test
    void aNarrowPathTakesThePacketsThatDoNotFitTheOuterLengthExactly() {
        gateway.out(packetOut(500));
        int outer = gateway.sent.getFirst().length + 28;
        gateway.dataPlane.impair(1, new Impairment(0, 0, 0, outer, 1));
        gateway.out(packetOut(500));
        assertThat(gateway.sent).hasSize(2);
        gateway.in(packetIn(500), MemoryGateway.REMOTE);
        assertThat(gateway.delivered).hasSize(1);
        gateway.dataPlane.impair(1, new Impairment(0, 0, 0, outer - 1, 1));
        gateway.out(packetOut(500));
        gateway.in(packetIn(500), MemoryGateway.REMOTE);
        assertThat(gateway.sent).hasSize(2);
        assertThat(gateway.delivered).hasSize(1);
    }

    @Test
    void packetsBeyondTheBoundedMemoryAreDroppedAndCounted() {
        gateway.dataPlane.impair(1, delay(1_000));
        int packets = DelayLine.PACKETS + 10;
        for (int i = 0; i < packets; i++) {
            gateway.out(packetOut(100));
        }
        assertThat(gateway.dataPlane.counters(1).drops()).containsEntry("DRILL_OUT", 10L);
        gateway.advance(1_000 * MILLI);
        assertThat(gateway.sent).hasSize(DelayLine.PACKETS);
    }

    @Property(tries = 50)
    void theShareThatIsLostIsTheShareThatWasAsked(@ForAll @DoubleRange(max = 1) double loss, @ForAll long seed) {
        LossDice dice = new LossDice(loss, seed);
        int lost = 0;
        for (int i = 0; i < 20_000; i++) {
            lost += dice.loses() ? 1 : 0;
        }
        // Six standard deviations of a fair die.
        double slack = 6 * Math.sqrt(loss * (1 - loss) / 20_000);
        assertThat(lost / 20_000.0).isBetween(loss - slack, loss + slack);
    }

    @Property(tries = 200)
    void aDelayLineGivesBackWhatItTookInOrderAndNeverMoreThanItHolds(
            @ForAll List<@IntRange(min = 1, max = 400_000) Integer> lengths,
            @ForAll @LongRange(min = 1, max = 9) long take) {
        DelayLine line = new DelayLine();
        List<byte[]> inside = new ArrayList<>();
        int number = 0;
        for (int length : lengths) {
            byte[] packet = new byte[length];
            packet[0] = (byte) ++number;
            packet[length - 1] = (byte) number;
            if (line.add(packet, 0, length, number) != DelayLine.FULL) {
                inside.add(packet);
            }
            if (number % take == 0 && !inside.isEmpty()) {
                assertOldest(line, inside.removeFirst());
            }
        }
        while (!inside.isEmpty()) {
            assertOldest(line, inside.removeFirst());
        }
        assertThat(line.isEmpty()).isTrue();
    }

    private static void assertOldest(DelayLine line, byte[] packet) {
        int place = line.oldest();
        assertThat(ByteBuffer.wrap(line.octets(), line.start(place), line.length(place)))
                .isEqualTo(ByteBuffer.wrap(packet));
        line.removeOldest();
    }

    @Test
    void whatIsNoShareAndNoTimeIsRefused() {
        assertThatThrownBy(() -> loss(1.01, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loss(0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> delay(2_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Impairment(0, 0, 0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private byte[] packetOut(int length) {
        return TestPackets.udp(HOST, PEER_HOST, length, true);
    }

    private static byte[] inner(int length) {
        return TestPackets.udp(PEER_HOST, HOST, length, true);
    }

    private byte[] packetIn(int length) {
        return MemoryGateway.sealedByPeer(peer, inner(length));
    }

    private static Impairment loss(double out, double in) {
        return new Impairment(out, in, 0, 0, 7);
    }

    private static Impairment delay(long millis) {
        return new Impairment(0, 0, millis * MILLI, 0, 7);
    }
}
