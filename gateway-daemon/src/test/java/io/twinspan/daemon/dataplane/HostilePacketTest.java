package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.EspForge;
import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.packet.InternetChecksum;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Real failures of other gateways' data paths, both directions in memory. */
class HostilePacketTest {
    private static final String HOST = "10.1.0.10";
    private static final String PEER_HOST = "10.2.0.10";
    private static final Endpoint STRANGER = new Endpoint(MemoryGateway.address("203.0.113.66"), 4500);
    private static final long LAST_WITHOUT_ESN = (1L << 32) - 1;

    private final MemoryGateway gateway = new MemoryGateway();
    private final OutboundSa peer = new OutboundSa(TestKeys.aead(1001), PacketCipherEngine.jdk(), TestKeys.entropy());

    private void receive(byte[] inner) {
        gateway.in(EspForge.sealedAsIpv4(peer, inner), MemoryGateway.REMOTE);
    }

    private long dropped() {
        return sum(gateway.strangers.snapshot())
                + sum(gateway.dataPlane.drops())
                + sum(gateway.dataPlane.counters(1).drops())
                + sum(gateway.dataPlane.counters(2).drops());
    }

    private static long sum(Map<String, Long> counters) {
        return counters.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A fragment of a UDP datagram from the peer's host. */
    private static byte[] fragment(int identification, int offsetUnits, boolean more, int payloadBytes) {
        byte[] packet = TestPackets.udp(PEER_HOST, HOST, 20 + payloadBytes, false);
        ByteBuffer header = ByteBuffer.wrap(packet);
        header.putShort(4, (short) identification);
        header.putShort(6, (short) (offsetUnits | (more ? 0x2000 : 0)));
        header.putShort(10, (short) 0);
        header.putShort(10, (short) InternetChecksum.compute(packet, 0, 20, 0));
        return packet;
    }

    @Test
    void b15_aRekeyedChildTakesOverWithoutAPacketWithoutAnSa() {
        gateway.child(1, 1001);
        gateway.activate(1);
        List<Runnable> steps = List.of(
                () -> gateway.dataPlane.installInbound(1, TestKeys.aead(1003), MemoryGateway.UDP_PATH, () -> {}),
                () -> gateway.dataPlane.installOutbound(1, 1003, TestKeys.aead(1003), MemoryGateway.UDP_PATH),
                () -> gateway.dataPlane.switchOutbound(1, 1003),
                () -> gateway.dataPlane.removeChild(1, 1001));
        List<Integer> usedSpis = new ArrayList<>();
        for (Runnable step : steps) {
            step.run();
            int before = gateway.sent.size();
            gateway.out(TestPackets.udp(HOST, PEER_HOST, 64, true));
            assertThat(gateway.sent).hasSize(before + 1);
            usedSpis.add(ByteBuffer.wrap(gateway.sent.getLast()).getInt());
        }
        assertThat(usedSpis).containsExactly(1001, 1001, 1003, 1003);
        assertThat(dropped()).isZero();
    }

    @Test
    void d7_fragmentsHoldUpNothingThatIsWhole() {
        gateway.child(1, 1001);
        for (int i = 0; i < 2_000; i++) {
            receive(fragment(i, i % 100, true, 800));
            byte[] whole = TestPackets.udp(PEER_HOST, HOST, 100 + i % 1_000, true);
            receive(whole);
            assertThat(gateway.delivered.getLast()).isEqualTo(whole);
        }
        assertThat(gateway.delivered).hasSize(4_000);
        assertThat(dropped()).isZero();
    }

    /** Teardrop and its kin: overlapping, doubled and never finished datagrams pass piece by piece; none is kept. */
    @Test
    void d8_innerFragmentsPassAsTheyCameAndNothingIsPutTogether() {
        gateway.child(1, 1001);
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 5_000; i++) {
            byte[] piece = fragment(i / 3, random.nextInt(8_000), true, 8 * random.nextInt(1, 24));
            receive(piece);
            // Handed on at once and octet for octet: there is nothing that could fill up.
            assertThat(gateway.delivered).hasSize(1).first().isEqualTo(piece);
            gateway.delivered.clear();
        }
        receive(fragment(1, 8_189, false, 400));
        assertThat(gateway.delivered).isEmpty();
        assertThat(gateway.dataPlane.counters(1).drops()).containsExactly(Map.entry("INNER_MALFORMED", 1L));
        List<byte[]> good = List.of(fragment(7, 0, true, 800), fragment(7, 100, false, 33));
        good.forEach(this::receive);
        assertThat(gateway.delivered).containsExactlyElementsOf(good);
    }

    @Test
    void d11_badPacketsCauseNoReplyAndAreCountedOnceEach() {
        gateway.child(1, 1001);
        gateway.activate(1);
        byte[] good = MemoryGateway.sealedByPeer(peer, TestPackets.udp(PEER_HOST, HOST, 100, true));
        long before = 0;
        for (int at = 4; at < good.length; at++) {
            byte[] flipped = good.clone();
            flipped[at] ^= 1;
            gateway.in(flipped, MemoryGateway.REMOTE);
            assertThat(dropped()).isEqualTo(++before);
        }
        gateway.in(good, MemoryGateway.REMOTE);
        gateway.in(good, MemoryGateway.REMOTE);
        gateway.in(Arrays.copyOf(good, 7), MemoryGateway.REMOTE);
        receive(TestPackets.udp("10.9.0.1", HOST, 100, true));
        receive(TestPackets.udp(PEER_HOST, "8.8.8.8", 100, true));
        receive(new byte[60]);
        assertThat(dropped()).isEqualTo(before + 5);
        assertThat(gateway.delivered).hasSize(1);
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.answers).isEmpty();
    }

    @Test
    void e8_unknownSpisFromPeerAndStrangerAreToldFewTimesAndAnsweredNever() {
        gateway.child(1, 1001);
        byte[] packet = new byte[100];
        int seconds = 10;
        for (int i = 0; i < 100_000; i++) {
            ByteBuffer.wrap(packet).putInt(0x7000_0000 + i);
            gateway.in(packet, i % 2 == 0 ? MemoryGateway.REMOTE : STRANGER);
            gateway.now += seconds * 1_000_000_000L / 100_000;
        }
        assertThat(gateway.strangers.snapshot()).containsExactly(Map.entry("UNKNOWN_SPI", 100_000L));
        assertThat(gateway.events).hasSizeBetween(1, 10 + seconds);
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.answers).isEmpty();
        receive(TestPackets.udp(PEER_HOST, HOST, 100, true));
        assertThat(gateway.delivered).hasSize(1);
    }

    @Test
    void e20_trafficGoesOnPastTheEndOfTheSequenceNumbers() {
        EspSaParameters old = TestKeys.aead(1001);
        OutboundSa worn = EspForge.wornTo(old, TestKeys.entropy(), LAST_WITHOUT_ESN - 3);
        OutboundChild child = new OutboundChild(
                1001,
                worn,
                List.of(),
                old.keys(),
                old.suite(),
                MemoryGateway.UPLINK_MTU,
                MemoryGateway.UDP_PATH,
                gateway.sink(),
                () -> {});
        gateway.dataPlane.outboundPath().apply(new OutboundCommand.Install(1, child), 0);
        gateway.dataPlane.switchOutbound(1, 1001);
        gateway.activate(1);
        byte[] packet = TestPackets.udp(HOST, PEER_HOST, 100, true);
        gateway.out(packet);
        gateway.out(packet);
        // Told once, and long before: the soft limit lies 2^29 packets before the end.
        assertThat(gateway.events).containsExactly(new SaEvent.NearlyExhausted(1, 1001));
        gateway.dataPlane.installOutbound(1, 1003, TestKeys.aead(1003), MemoryGateway.UDP_PATH);
        gateway.out(packet);
        gateway.dataPlane.switchOutbound(1, 1003);
        gateway.out(packet);
        assertThat(gateway.sent)
                .extracting(esp -> ByteBuffer.wrap(esp).getLong())
                .containsExactly(
                        1001L << 32 | LAST_WITHOUT_ESN - 2,
                        1001L << 32 | LAST_WITHOUT_ESN - 1,
                        1001L << 32 | LAST_WITHOUT_ESN,
                        1003L << 32 | 1);
        gateway.dataPlane.switchOutbound(1, 1001);
        gateway.out(packet);
        assertThat(gateway.sent).hasSize(4);
        assertThat(sum(gateway.dataPlane.counters(1).drops())).isEqualTo(1);
    }

    @Test
    void e22_aPacketForTheGatewayItselfOrForTheOtherTunnelStaysInside() {
        gateway.child(1, 1001);
        gateway.activate(1);
        String outsideAddress = MemoryGateway.LOCAL.address().getHostAddress();
        for (String destination : List.of(outsideAddress, "127.0.0.1", "169.254.2.2", "169.254.2.1", "224.0.0.1")) {
            receive(TestPackets.udp(PEER_HOST, destination, 100, true));
        }
        receive(TestPackets.udp("169.254.2.1", "169.254.1.2", 100, true));
        receive(TestPackets.udp("169.254.1.2", "169.254.1.2", 100, true));
        receive(TestPackets.udp("127.0.0.1", HOST, 100, true));
        assertThat(gateway.delivered).isEmpty();
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.dataPlane.counters(1).drops())
                .containsOnly(Map.entry("FOREIGN_INNER_DESTINATION", 5L), Map.entry("FOREIGN_INNER_SOURCE", 3L));
    }

    @Test
    void e24_everyPacketThatIsTooLargeIsCountedAndTheAnswersAreLimited() {
        MemoryGateway gateway = MemoryGateway.with(DfPolicy.HONOR);
        gateway.child(1, 1001);
        gateway.activate(1);
        for (int i = 0; i < 1_000; i++) {
            gateway.out(TestPackets.udp(HOST, PEER_HOST, MemoryGateway.UPLINK_MTU, true));
        }
        assertThat(gateway.dataPlane.counters(1).drops()).containsExactly(Map.entry("TOO_BIG", 1_000L));
        assertThat(gateway.tooBig()).hasSizeBetween(1, 100);
        assertThat(gateway.sent).isEmpty();
    }

    @Test
    void e25_fragmentsOfDatagramsWithOneIdentificationAreNotMixedAndOddOnesDropped() {
        gateway.child(1, 1001);
        List<byte[]> pieces = new ArrayList<>();
        for (int datagram = 0; datagram < 2; datagram++) {
            for (byte[] piece : List.of(fragment(77, 0, true, 64), fragment(77, 8, false, 13))) {
                Arrays.fill(piece, 20, piece.length, (byte) ('a' + datagram));
                pieces.add(piece);
            }
        }
        for (int index : new int[] {0, 2, 3, 1}) {
            receive(pieces.get(index));
        }
        assertThat(gateway.delivered).containsExactly(pieces.get(0), pieces.get(2), pieces.get(3), pieces.get(1));
        receive(fragment(78, 0, true, 63));
        assertThat(gateway.delivered).hasSize(4);
        assertThat(gateway.dataPlane.counters(1).drops()).containsExactly(Map.entry("INNER_MALFORMED", 1L));
        gateway.activate(1);
        gateway.out(fragment(78, 0, true, 63));
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.dataPlane.drops()).containsExactly(Map.entry("MALFORMED", 1L));
    }
}
