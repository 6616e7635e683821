package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.packet.Ipv4Fragmenter;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tunnel counts of packets' sizes, of ESP outside and of sequence numbers. */
final class SizeCountersTest {
    private static final String HOST = "10.1.0.10";
    private static final String PEER_HOST = "10.2.0.10";
    private static final int SPI = 1001;
    /** IPv4 and UDP in front of ESP. */
    private static final int OUTER_OCTETS = 28;

    private final MemoryGateway gateway = new MemoryGateway();
    private final OutboundSa peer = new OutboundSa(TestKeys.aead(SPI), PacketCipherEngine.jdk(), TestKeys.entropy());

    @BeforeEach
    void tunnel() {
        gateway.child(1, SPI);
        gateway.activate(1);
    }

    private TunnelCounters counters() {
        return gateway.dataPlane.counters(1);
    }

    private byte[] receive(byte[] inner) {
        byte[] esp = MemoryGateway.sealedByPeer(peer, inner);
        gateway.in(esp, MemoryGateway.REMOTE);
        return esp;
    }

    private SequenceUse sequences() {
        return Objects.requireNonNull(gateway.dataPlane.sequences(1).get(SPI));
    }

    private static byte[] fragment(String from, String to, int index) {
        byte[] whole = TestPackets.udp(from, to, 1_400, false);
        byte[] piece = new byte[800];
        return Arrays.copyOf(piece, Ipv4Fragmenter.write(whole, 0, 800, index, piece, 0));
    }

    @Test
    void eachFragmentThatIsCutIsCountedAndNoPacketThatFits() {
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 1_500, false));
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 4_000, false));
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 100, false));
        assertThat(gateway.sent).hasSize(2 + 3 + 1);
        assertThat(counters().sizes()).isEqualTo(new SizeCounts(5, 0, 0, 0, 0, 0));
    }

    @Test
    void aFragmentThatFoundNoRoomWasNotMade() {
        gateway.socketRoom = 1;
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 1_500, false));
        assertThat(counters().sizes()).isEqualTo(new SizeCounts(1, 0, 0, 0, 0, 0));
    }

    @Test
    void whatIsAFragmentAlreadyPassesAndIsCountedInItsDirection() {
        gateway.out(fragment(HOST, PEER_HOST, 0));
        gateway.out(fragment(HOST, PEER_HOST, 1));
        receive(fragment(PEER_HOST, HOST, 1));
        receive(TestPackets.udp(PEER_HOST, HOST, 100, true));
        assertThat(counters().sizes()).isEqualTo(new SizeCounts(0, 1, 2, 0, 0, 0));
        assertThat(gateway.sent).hasSize(2);
        assertThat(gateway.delivered).hasSize(2);
    }

    @Test
    void aFragmentThatIsCutAgainIsMadeAndDidNotPass() {
        byte[] piece = new byte[1_500];
        Ipv4Fragmenter.write(TestPackets.udp(HOST, PEER_HOST, 3_000, false), 0, 1_500, 0, piece, 0);
        gateway.out(piece);
        assertThat(counters().sizes()).isEqualTo(new SizeCounts(2, 0, 0, 0, 0, 0));
    }

    @Test
    void aSynIsCountedWhereItIsChangedAndNotWhereItFits() {
        int fits = EspOverhead.mssIpv4Bytes(
                EspOverhead.of(TestKeys.SUITE, true, false).innerMtuBytes(MemoryGateway.UPLINK_MTU));
        gateway.out(TestPackets.syn(HOST, PEER_HOST, fits + 1));
        gateway.out(TestPackets.syn(HOST, PEER_HOST, fits));
        receive(TestPackets.syn(PEER_HOST, HOST, 8_960));
        receive(TestPackets.syn(PEER_HOST, HOST, 1_460));
        receive(TestPackets.syn(PEER_HOST, HOST, 500));
        assertThat(counters().sizes()).isEqualTo(new SizeCounts(0, 0, 0, 0, 2, 1));
    }

    @Test
    void onlyAuthenticPacketsCountAsPutTogether() {
        byte[] esp = MemoryGateway.sealedByPeer(peer, TestPackets.udp(PEER_HOST, HOST, 100, true));
        byte[] forged = MemoryGateway.sealedByPeer(peer, TestPackets.udp(PEER_HOST, HOST, 100, true));
        forged[forged.length - 1] ^= 1;
        gateway.inPieces(esp, MemoryGateway.REMOTE, true);
        gateway.inPieces(forged, MemoryGateway.REMOTE, true);
        byte[] whole = MemoryGateway.sealedByPeer(peer, TestPackets.udp(PEER_HOST, HOST, 100, true));
        gateway.inPieces(whole, MemoryGateway.REMOTE, false);
        assertThat(counters().sizes()).isEqualTo(new SizeCounts(0, 0, 0, 1, 0, 0));
    }

    @Test
    void aPacketThatADrillDelaysIsStillOneThatCameInPieces() {
        gateway.dataPlane.impair(1, new Impairment(0, 0, 5_000_000, 0, 0));
        byte[] esp = MemoryGateway.sealedByPeer(peer, TestPackets.udp(PEER_HOST, HOST, 100, true));
        gateway.inPieces(esp, MemoryGateway.REMOTE, true);
        assertThat(counters().sizes().fragmentsReassembled()).isZero();
        gateway.advance(6_000_000);
        assertThat(counters().sizes().fragmentsReassembled()).isEqualTo(1);
    }

    @Test
    void theSenderOfWhatDoesNotFitIsToldForItsTunnel() {
        MemoryGateway strict = MemoryGateway.with(DfPolicy.HONOR);
        strict.child(2, SPI);
        strict.activate(2);
        strict.out(TestPackets.udp(HOST, PEER_HOST, 1_500, true));
        assertThat(strict.tooBig())
                .singleElement()
                .satisfies(told -> assertThat(told.tunnel()).isEqualTo(2));
    }

    @Test
    void espIsCountedAsItIsSeenOutsideProbesIncluded() {
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 100, true));
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 4_000, false));
        gateway.dataPlane.probe(Probe.toPeer(ProbeKind.HEALTH, 1, 7));
        long octets = gateway.sent.stream()
                .mapToLong(esp -> esp.length + OUTER_OCTETS)
                .sum();
        assertThat(gateway.sent).hasSize(1 + 3 + 1);
        assertThat(counters().espPacketsOut()).isEqualTo(5);
        assertThat(counters().espBytesOut()).isEqualTo(octets);
        byte[] esp = receive(TestPackets.udp(PEER_HOST, HOST, 300, true));
        assertThat(counters().espBytesIn()).isEqualTo(esp.length + OUTER_OCTETS);
        assertThat(counters().packetsAuthenticated()).isEqualTo(1);
    }

    @Test
    void countsOutliveARekey() {
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 1_500, false));
        gateway.child(1, 1002);
        gateway.dataPlane.removeChild(1, SPI);
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 1_500, false));
        assertThat(counters().sizes().fragmentsMade()).isEqualTo(4);
        assertThat(counters().espPacketsOut()).isEqualTo(4);
    }

    @Test
    void namesForDisplaysAreThoseOfWhatHappened() {
        assertThat(SizeCounts.NONE.byName()).isEmpty();
        assertThat(new SizeCounts(1, 2, 3, 4, 5, 6).byName())
                .isEqualTo(Map.of(
                        "fragments_made", 1L,
                        "fragments_passed_in", 2L,
                        "fragments_passed_out", 3L,
                        "fragments_reassembled", 4L,
                        "mss_clamped_in", 5L,
                        "mss_clamped_out", 6L));
    }

    @Test
    void sequenceNumbersAreThoseThatArePutAsideAndThoseThatCame() {
        assertThat(gateway.dataPlane.sequences(1)).containsExactly(Map.entry(SPI, SequenceUse.NONE));
        assertThat(gateway.dataPlane.sequences(2)).isEmpty();
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 100, true));
        receive(TestPackets.udp(PEER_HOST, HOST, 100, true));
        receive(TestPackets.udp(PEER_HOST, HOST, 100, true));
        SequenceUse use = sequences();
        assertThat(use.in() * 0xffff_ffffL).isEqualTo(2);
        assertThat(use.out() * 0xffff_ffffL).isEqualTo((1 << 16) + 1.0);
    }

    @Test
    void aSaThatSendsNothingMoreHasNoNumbersToLose() {
        gateway.out(TestPackets.udp(HOST, PEER_HOST, 100, true));
        receive(TestPackets.udp(PEER_HOST, HOST, 100, true));
        gateway.child(1, 1002);
        gateway.dataPlane.releaseOutbound(1, SPI, () -> {});
        assertThat(sequences().out()).isZero();
        assertThat(sequences().in()).isPositive();
        gateway.dataPlane.removeChild(1, SPI);
        assertThat(gateway.dataPlane.sequences(1)).containsOnlyKeys(1002);
    }
}
