package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.packet.InternetChecksum;
import io.twinspan.crypto.packet.Ipv4View;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboundPathTest {
    private static final String HOST = "10.1.0.10";
    private static final String PEER_HOST = "10.2.0.10";
    private static final int UDP_OVER_IPV4_OCTETS = 28;

    private final MemoryGateway gateway = new MemoryGateway();

    private static int innerMtu() {
        return EspOverhead.of(TestKeys.SUITE, true, false).innerMtuBytes(MemoryGateway.UPLINK_MTU);
    }

    @Test
    void e23_refusesWithHostUnreachableWhileNoTunnelIsActive() {
        gateway.child(1, 1001);
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 100, true));
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.answers).singleElement().satisfies(answer -> assertIcmp(answer, 3, 1));
        assertThat(gateway.dataPlane.drops()).containsEntry("NO_ACTIVE_TUNNEL", 1L);
    }

    @Test
    void refusesWhereTheActiveTunnelHasNoSa() {
        gateway.activate(2);
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 100, true));
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.answers).singleElement().satisfies(answer -> assertIcmp(answer, 3, 1));
        assertThat(gateway.dataPlane.counters(2).drops()).containsEntry("NO_OUTBOUND_SA", 1L);
    }

    @Test
    void forbidsWhatIsNotProtected() {
        gateway.child(1, 1001);
        gateway.activate(1);
        gateway.out(TestPackets.udp(HOST, "8.8.8.8", 100, true));
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.answers).singleElement().satisfies(answer -> assertIcmp(answer, 3, 13));
        assertThat(gateway.dataPlane.drops()).containsEntry("NOT_PROTECTED", 1L);
    }

    @Test
    void e13_forbidsWhatTheAgreedSelectorsLeaveOut() {
        List<TrafficSelector> local = List.of(TrafficSelector.ofPrefix(IpPrefix.parse("10.1.0.0/16")));
        List<TrafficSelector> narrowed = List.of(TrafficSelector.ofPrefix(IpPrefix.parse("10.2.0.10/32")));
        gateway.child(1, TestKeys.aead(1001, local, narrowed));
        gateway.activate(1);
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 100, true));
        gateway.out(TestPackets.udp(HOST, "10.2.0.11", 100, true));
        assertThat(gateway.sent).hasSize(1);
        assertThat(gateway.answers).singleElement().satisfies(answer -> assertIcmp(answer, 3, 13));
        assertThat(gateway.dataPlane.counters(1).drops()).containsEntry("SELECTOR_MISMATCH", 1L);
    }

    @Test
    void e24_tellsTheMtuWhereDfIsHonoured() {
        MemoryGateway gateway = MemoryGateway.with(DfPolicy.HONOR);
        gateway.child(1, 1001);
        gateway.activate(1);
        gateway.out(TestPackets.udp(HOST, PEER_HOST, innerMtu(), true));
        assertThat(gateway.sent)
                .singleElement()
                .satisfies(esp ->
                        assertThat(esp.length + UDP_OVER_IPV4_OCTETS).isLessThanOrEqualTo(MemoryGateway.UPLINK_MTU));
        byte[] large = TestPackets.udp(HOST, PEER_HOST, innerMtu() + 1, true);
        gateway.out(large);
        assertThat(gateway.sent).hasSize(1);
        assertThat(gateway.answers).isEmpty();
        assertThat(gateway.tooBig()).singleElement().satisfies(told -> {
            assertThat(told.sender().getHostAddress()).isEqualTo(HOST);
            assertThat(told.message()).startsWith(3, 4).hasSize(8 + 548);
            assertThat(ByteBuffer.wrap(told.message()).getShort(6)).isEqualTo((short) innerMtu());
            assertThat(large).startsWith(Arrays.copyOfRange(told.message(), 8, 556));
            assertThat(InternetChecksum.compute(told.message(), 0, 556, 0)).isZero();
        });
        assertThat(gateway.dataPlane.counters(1).drops()).containsEntry("TOO_BIG", 1L);
    }

    @ParameterizedTest
    @EnumSource(
            value = DfPolicy.class,
            names = {"CLEAR", "BOTH"})
    void e24_cutsInSpiteOfDfWhereThePolicySaysSo(DfPolicy policy) {
        MemoryGateway gateway = MemoryGateway.with(policy);
        gateway.child(1, 1001);
        gateway.activate(1);
        byte[] large = TestPackets.udp(HOST, PEER_HOST, 1500, true);
        gateway.out(large);
        assertThat(gateway.opened(1001)).hasSize(2).allSatisfy(fragment -> {
            assertThat(Ipv4View.dontFragment(fragment, 0)).isFalse();
            assertThat(Ipv4View.checksumValid(fragment, 0)).isTrue();
            assertThat(Ipv4View.typeOfService(fragment, 0)).isEqualTo(Ipv4View.typeOfService(large, 0));
        });
        assertThat(gateway.dataPlane.counters(1).drops()).isEmpty();
        assertThat(gateway.tooBig()).hasSize(policy == DfPolicy.BOTH ? 1 : 0);
    }

    @Test
    void unnumberedDatagramsGetIdentificationsThatDoNotComeAgainSoon() {
        gateway.child(1, 1001);
        gateway.activate(1);
        int datagrams = 70_000;
        byte[] large = TestPackets.udp(HOST, PEER_HOST, 1500, true);
        Ipv4View.setIdentification(large, 0, 0);
        Ipv4View.writeChecksum(large, 0);
        int[] numbers = new int[datagrams];
        FreshIdentifications fresh = new FreshIdentifications(TestKeys.entropy());
        int[] lastSeen = new int[65_536];
        Arrays.fill(lastSeen, -datagrams);
        for (int i = 0; i < datagrams; i++) {
            numbers[i] = fresh.next(large, 0);
            assertThat(numbers[i]).isPositive();
            assertThat(i - lastSeen[numbers[i]]).isGreaterThanOrEqualTo(65_535);
            lastSeen[numbers[i]] = i;
        }
        gateway.out(large.clone());
        gateway.out(large.clone());
        List<Integer> sent = gateway.opened(1001).stream()
                .map(fragment -> Ipv4View.identification(fragment, 0))
                .toList();
        assertThat(sent).hasSize(4).doesNotContain(0);
        assertThat(sent.get(0)).isEqualTo(sent.get(1)).isNotEqualTo(sent.get(2));
        assertThat(sent.get(2)).isEqualTo(sent.get(3));
    }

    @Test
    void aNumberedDatagramKeepsItsNumber() {
        gateway.child(1, 1001);
        gateway.activate(1);
        byte[] large = TestPackets.udp(HOST, PEER_HOST, 1500, true);
        Ipv4View.setIdentification(large, 0, 0x4711);
        Ipv4View.writeChecksum(large, 0);
        gateway.out(large);
        assertThat(gateway.opened(1001))
                .hasSize(2)
                .allMatch(fragment -> Ipv4View.identification(fragment, 0) == 0x4711);
    }

    @ParameterizedTest
    @EnumSource(DfPolicy.class)
    void ipv6IsNeverCutButAnswered(DfPolicy policy) {
        MemoryGateway gateway = MemoryGateway.with(policy);
        gateway.child(1, 1001);
        gateway.activate(1);
        gateway.out(TestPackets.ipv6("fd01::1", "fd02::1", 1500));
        assertThat(gateway.sent).isEmpty();
        assertThat(gateway.tooBig()).singleElement().satisfies(told -> {
            assertThat(told.sender()).isEqualTo(IpPrefix.parseAddress("fd01::1"));
            assertThat(told.message()).startsWith(2, 0);
            assertThat(ByteBuffer.wrap(told.message()).getInt(4)).isEqualTo(innerMtu());
        });
    }

    @Test
    void theSegmentSizeFitsBothTunnels() {
        gateway.child(1, 1001);
        gateway.activate(1);
        gateway.dataPlane.setFlowMtu(1422);
        gateway.out(TestPackets.syn(HOST, PEER_HOST, 1460));
        gateway.in(gateway.sealedByPeer(1001, TestPackets.syn(PEER_HOST, HOST, 1460)), MemoryGateway.REMOTE);
        assertThat(gateway.opened(1001))
                .singleElement()
                .satisfies(syn -> assertThat(ByteBuffer.wrap(syn).getShort(42)).isEqualTo((short) 1382));
        assertThat(gateway.delivered)
                .singleElement()
                .satisfies(syn -> assertThat(ByteBuffer.wrap(syn).getShort(42)).isEqualTo((short) 1382));
    }

    /** RFC 7413: a SYN may have data, and so be too large itself. */
    @Test
    void theSegmentSizeOfASynThatIsCutFitsToo() {
        gateway.child(1, 1001);
        gateway.activate(1);
        byte[] large = TestPackets.synWithData(HOST, PEER_HOST, 1460, 1456);
        gateway.out(large);
        assertThat(gateway.opened(1001))
                .hasSize(2)
                .first()
                .satisfies(
                        first -> assertThat(ByteBuffer.wrap(first).getShort(42)).isEqualTo((short) (innerMtu() - 40)));
    }

    @Test
    void cutsBeforeEncryptionWhereDfIsClear() {
        gateway.child(1, 1001);
        gateway.activate(1);
        byte[] large = TestPackets.udp(HOST, PEER_HOST, 4000, false);
        gateway.out(large);
        assertThat(gateway.sent)
                .hasSize(3)
                .allSatisfy(esp ->
                        assertThat(esp.length + UDP_OVER_IPV4_OCTETS).isLessThanOrEqualTo(MemoryGateway.UPLINK_MTU));
        assertThat(gateway.dataPlane.counters(1).packetsOut()).isEqualTo(1);
        assertThat(gateway.dataPlane.counters(1).bytesOut()).isEqualTo(4000);
        assertThat(gateway.answers).isEmpty();
    }

    @Test
    void clampsTheSegmentSizeOfASynInBothDirections() {
        gateway.child(1, 1001);
        gateway.activate(1);
        gateway.out(TestPackets.syn(HOST, PEER_HOST, 1460));
        // The same packet seen from the peer: addresses turned round.
        gateway.in(gateway.sealedByPeer(1001, TestPackets.syn(PEER_HOST, HOST, 1460)), MemoryGateway.REMOTE);
        assertThat(gateway.sent).hasSize(1);
        assertThat(gateway.delivered)
                .singleElement()
                .satisfies(syn -> assertThat(ByteBuffer.wrap(syn).getShort(42)).isEqualTo((short) (innerMtu() - 40)));
    }

    @Test
    void whereBothTunnelsAreActiveEachFlowKeepsItsOwnUntilThatIsLost() {
        gateway.child(1, 1001);
        gateway.child(2, 1002);
        gateway.dataPlane.setForwarding(new Forwarding(List.of(1, 2)), _ -> {});
        Map<Integer, Integer> spis = new HashMap<>();
        for (int round = 0; round < 3; round++) {
            for (int port = 1; port <= 200; port++) {
                int spi = spiOf(port);
                assertThat(spis.putIfAbsent(port, spi)).isIn(null, spi);
            }
        }
        assertThat(spis.values().stream().filter(spi -> spi == 1001)).hasSizeBetween(60, 140);
        gateway.activate(1);
        assertThat(spis.keySet()).allMatch(port -> spiOf(port) == 1001);
        gateway.dataPlane.setForwarding(new Forwarding(List.of(1, 2)), _ -> {});
        assertThat(spis).allSatisfy((port, spi) -> assertThat(spiOf(port)).isEqualTo(spi));
    }

    private int spiOf(int port) {
        byte[] packet = TestPackets.udp(HOST, PEER_HOST, 64, true);
        ByteBuffer.wrap(packet).putShort(20, (short) port).putShort(22, (short) 53);
        gateway.out(packet);
        return ByteBuffer.wrap(gateway.sent.removeLast()).getInt();
    }

    @Test
    void staysOnItsTunnelForAPeersInsideAddress() {
        gateway.child(1, 1001);
        gateway.child(2, 1002);
        gateway.activate(1);
        gateway.out(TestPackets.udp("169.254.2.2", "169.254.2.1", 64, true));
        assertThat(gateway.dataPlane.counters(2).packetsOut()).isEqualTo(1);
        assertThat(gateway.dataPlane.counters(1).packetsOut()).isZero();
    }

    @Test
    void rekeySwitchesOnCommandAndRemovalFallsBackToTheOtherChild() {
        gateway.child(1, 1001);
        gateway.activate(1);
        gateway.dataPlane.installOutbound(1, 1003, TestKeys.aead(1003), MemoryGateway.UDP_PATH);
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 64, true));
        gateway.dataPlane.removeChild(1, 1001);
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 64, true));
        gateway.dataPlane.removeChild(1, 1003);
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 64, true));
        assertThat(gateway.sent)
                .extracting(esp -> ByteBuffer.wrap(esp).getInt())
                .containsExactly(1001, 1003);
    }

    @Test
    void limitsTheRateOfIcmp() {
        for (int i = 0; i < 1000; i++) {
            gateway.out(TestPackets.udp(HOST, PEER_HOST, 100, true));
        }
        assertThat(gateway.answers).hasSizeBetween(1, 100);
        int before = gateway.answers.size();
        gateway.now += 1_000_000_000L;
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 100, true));
        assertThat(gateway.answers).hasSize(before + 1);
        assertThat(gateway.dataPlane.drops()).containsEntry("NO_ACTIVE_TUNNEL", 1001L);
    }

    @Test
    void countsWhatTheSocketDoesNotTakeAndWhatIsNoPacket() {
        gateway.child(1, 1001);
        gateway.activate(1);
        gateway.socketFull = true;
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 100, true));
        gateway.out(new byte[] {0x45, 0, 0});
        gateway.out(new byte[60]);
        assertThat(gateway.dataPlane.counters(1).drops()).containsEntry("SEND_QUEUE_FULL", 1L);
        assertThat(gateway.dataPlane.counters(1).packetsOut()).isZero();
        assertThat(gateway.dataPlane.drops()).containsEntry("MALFORMED", 2L);
    }

    @Test
    void carriesIpv6() {
        gateway.child(1, 1001);
        gateway.activate(1);
        gateway.out(TestPackets.ipv6("fd01::1", "fd02::1", 200));
        gateway.out(TestPackets.ipv6("fd01::1", "fd03::1", 200));
        assertThat(gateway.sent).hasSize(1);
        assertThat(gateway.dataPlane.drops()).containsEntry("NOT_PROTECTED", 1L);
    }

    private static void assertIcmp(byte[] packet, int type, int code) {
        assertThat(Ipv4View.protocol(packet, 0)).isEqualTo(1);
        assertThat(Ipv4View.checksumValid(packet, 0)).isTrue();
        assertThat(packet[20]).isEqualTo((byte) type);
        assertThat(packet[21]).isEqualTo((byte) code);
        // Never one of our own addresses, which the kernel would refuse as a source.
        assertThat(packet).startsWith(0x45).containsSequence(169, 254, 1, 1);
    }
}
