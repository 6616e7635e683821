package io.twinspan.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.packet.InternetChecksum;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private final MemoryGateway gateway = new MemoryGateway();
    private final OutboundSa peer = new OutboundSa(TestKeys.aead(1001), PacketCipherEngine.jdk(), TestKeys.entropy());

    /** What a host answers: addresses turned round, the type of a reply, the sum mended. */
    private static byte[] answer(byte[] probe) {
        byte[] packet = probe.clone();
        System.arraycopy(probe, 12, packet, 16, 4);
        System.arraycopy(probe, 16, packet, 12, 4);
        packet[20] = 0;
        packet[22] = 0;
        packet[23] = 0;
        int sum = InternetChecksum.compute(packet, 20, packet.length - 20, 0);
        packet[22] = (byte) (sum >>> 8);
        packet[23] = (byte) sum;
        return packet;
    }

    private void receive(byte[] inner) {
        gateway.in(MemoryGateway.sealedByPeer(peer, inner), MemoryGateway.REMOTE);
    }

    @Test
    void aProbeIsAnEchoRequestBetweenTheInsideAddressesOfItsTunnelWhicheverIsActive() {
        gateway.child(1, 1001);
        gateway.activate(2);
        gateway.now = 5_000;
        gateway.dataPlane.probe(Probe.toPeer(ProbeKind.HEALTH, 1, 7));
        byte[] echo = gateway.opened(1001).getFirst();
        assertThat(echo).hasSize(Probe.MIN_IPV4_OCTETS);
        assertThat(Ipv4View.source(echo, 0)).isEqualTo(0xa9fe0102);
        assertThat(Ipv4View.destination(echo, 0)).isEqualTo(0xa9fe0101);
        assertThat(echo[20]).isEqualTo((byte) 8);
        assertThat(InternetChecksum.compute(echo, 0, 20, 0)).isZero();
        assertThat(InternetChecksum.compute(echo, 20, echo.length - 20, 0)).isZero();
        assertThat(gateway.probes).containsExactly(new SaEvent.ProbeSent(ProbeKind.HEALTH, 7, 1, 5_000));
        assertThat(gateway.dataPlane.counters(1).packetsOut()).isZero();
    }

    @Test
    void anAnswerIsToldWithBothInstantsAndNeverReachesTheHost() {
        gateway.child(1, 1001);
        gateway.now = 5_000;
        gateway.dataPlane.probe(Probe.ofSize(1, 9, 1_400));
        byte[] echo = gateway.opened(1001).getFirst();
        assertThat(echo).hasSize(1_400);
        gateway.probes.clear();
        gateway.now = 12_000;
        receive(answer(echo));
        assertThat(gateway.probes)
                .containsExactly(new SaEvent.ProbeAnswered(ProbeKind.MTU, 9, 1, 1_400, 5_000, 12_000));
        assertThat(gateway.delivered).isEmpty();
        assertThat(gateway.dataPlane.counters(1).packetsIn()).isZero();
        assertThat(gateway.dataPlane.counters(1).packetsAuthenticated()).isEqualTo(1);
    }

    @Test
    void aUsersPingIsNoAnswer() {
        gateway.child(1, 1001);
        gateway.dataPlane.probe(Probe.toPeer(ProbeKind.HEALTH, 1, 7));
        byte[] foreign = answer(gateway.opened(1001).getFirst());
        foreign[30] ^= 1;
        gateway.probes.clear();
        receive(foreign);
        assertThat(gateway.probes).isEmpty();
        assertThat(gateway.delivered).hasSize(1);
    }

    @Test
    void theFirstFragmentOfABigAnswerCountsAndTheOthersPass() {
        gateway.child(1, 1001);
        gateway.dataPlane.probe(Probe.ofSize(1, 3, 1_400));
        byte[] whole = answer(gateway.opened(1001).getFirst());
        byte[] first = Arrays.copyOf(whole, 20 + 512);
        first[2] = (byte) (first.length >>> 8);
        first[3] = (byte) first.length;
        first[6] = 0x20;
        gateway.probes.clear();
        receive(first);
        assertThat(gateway.probes).containsExactly(new SaEvent.ProbeAnswered(ProbeKind.MTU, 3, 1, 532, 0, 0));
        byte[] second = first.clone();
        second[7] = 64;
        receive(second);
        assertThat(gateway.probes).hasSize(1);
        assertThat(gateway.delivered).hasSize(1);
    }

    @Test
    void aProbeWithoutATunnelTakesTheWayOfTheTraffic() {
        gateway.child(1, 1001);
        gateway.child(2, 1002);
        gateway.activate(2);
        gateway.dataPlane.probe(Probe.toPeer(ProbeKind.DRILL, DataPlane.NO_TUNNEL, 1));
        gateway.activate(DataPlane.NO_TUNNEL);
        gateway.dataPlane.probe(Probe.toPeer(ProbeKind.DRILL, DataPlane.NO_TUNNEL, 2));
        assertThat(gateway.probes)
                .containsExactly(
                        new SaEvent.ProbeSent(ProbeKind.DRILL, 1, 2, 0),
                        new SaEvent.ProbeSent(ProbeKind.DRILL, 2, DataPlane.NO_TUNNEL, 0));
    }

    @Test
    void aProbeThatCannotBeSentSaysSo() {
        gateway.dataPlane.probe(Probe.toPeer(ProbeKind.HEALTH, 1, 1));
        gateway.child(1, 1001);
        gateway.socketFull = true;
        gateway.dataPlane.probe(Probe.toPeer(ProbeKind.HEALTH, 1, 2));
        assertThat(gateway.probes)
                .containsExactly(
                        new SaEvent.ProbeSent(ProbeKind.HEALTH, 1, DataPlane.NO_TUNNEL, 0),
                        new SaEvent.ProbeSent(ProbeKind.HEALTH, 2, DataPlane.NO_TUNNEL, 0));
    }

    @Test
    void countsSequenceNumbersThatNeverCameAndTakesBackThoseThatComeLate() {
        gateway.child(1, 1001);
        byte[] inner = TestPackets.udp("10.2.0.10", "10.1.0.10", 100, true);
        List<byte[]> packets = IntStream.range(0, 10)
                .mapToObj(_ -> MemoryGateway.sealedByPeer(peer, inner))
                .toList();
        gateway.in(packets.get(0), MemoryGateway.REMOTE);
        gateway.in(packets.get(4), MemoryGateway.REMOTE);
        assertThat(gateway.dataPlane.counters(1).packetsMissingIn()).isEqualTo(3);
        gateway.in(packets.get(2), MemoryGateway.REMOTE);
        assertThat(gateway.dataPlane.counters(1).packetsMissingIn()).isEqualTo(2);
        gateway.in(packets.get(5), MemoryGateway.REMOTE);
        assertThat(gateway.dataPlane.counters(1).packetsMissingIn()).isEqualTo(2);
    }

    @Test
    void theFirstPacketAfterASwitchIsToldOnce() {
        gateway.child(1, 1001);
        gateway.child(2, 1002);
        gateway.activate(1);
        gateway.out(TestPackets.udp("10.1.0.10", "10.2.0.10", 100, true));
        gateway.out(TestPackets.udp("10.1.0.10", "10.2.0.10", 100, true));
        gateway.now = 9;
        gateway.activate(2);
        gateway.out(TestPackets.udp("10.1.0.10", "10.2.0.10", 100, true));
        assertThat(gateway.probes).containsExactly(new SaEvent.FirstForwarded(1, 0), new SaEvent.FirstForwarded(2, 9));
    }

    @Test
    void twoActiveTunnelsShareTheFlowsAndEachFlowStaysOnOne() {
        gateway.child(1, 1001);
        gateway.child(2, 1002);
        gateway.dataPlane.setForwarding(new Forwarding(List.of(1, 2)), _ -> {});
        for (int host = 1; host <= 100; host++) {
            for (int i = 0; i < 3; i++) {
                gateway.out(TestPackets.udp("10.1.0." + host, "10.2.0.10", 100, true));
            }
        }
        long first = gateway.dataPlane.counters(1).packetsOut();
        long second = gateway.dataPlane.counters(2).packetsOut();
        assertThat(first + second).isEqualTo(300);
        assertThat(first).isBetween(60L, 240L);
        assertThat(first % 3).isZero();
    }

    @Test
    void anotherLimitOfThePathChangesWhatFits() {
        gateway.child(1, 1001);
        gateway.activate(1);
        gateway.out(TestPackets.udp("10.1.0.10", "10.2.0.10", 1_400, true));
        assertThat(gateway.sent).hasSize(1);
        gateway.dataPlane.setUplinkMtu(1, 1_300);
        gateway.out(TestPackets.udp("10.1.0.10", "10.2.0.10", 1_400, false));
        assertThat(gateway.sent).hasSize(3);
        assertThat(gateway.sent.subList(1, 3))
                .allSatisfy(esp -> assertThat(esp.length).isLessThanOrEqualTo(1_272));
    }
}
