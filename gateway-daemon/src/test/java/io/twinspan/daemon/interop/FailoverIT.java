package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.interop.Scenario.PeerExtras;
import io.twinspan.daemon.lab.LabFlow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to traffic when a tunnel dies, by whatever death, and how the tunnel comes back. */
class FailoverIT {
    private static final int ECHOES = 50;
    private static final long SECONDS = 20;

    /** A fifth of a second is what probes need; the rest is for a busy machine. IKE's liveness needs more. */
    private static final double CUT_SILENCE_SECONDS = 2;

    /** No timer of ours is involved when the peer says goodbye. */
    private static final double DELETE_SILENCE_SECONDS = 1;

    @ParameterizedTest(name = "behind a NAT: {0}")
    @ValueSource(booleans = {false, true})
    void aPathCutIsFoundByProbesAndTheTunnelHealsToStandby(boolean nat) throws Exception {
        Scenario scenario = Scenario.gatewayStartsBoth().withQuickLiveness();
        Rig.run(nat ? scenario.behindNat() : scenario, rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            try (LabFlow flow = settledFlow(rig)) {
                rig.topology().cut(1);
                rig.topology().routeVpcThrough(2);
                rig.await("traffic on tunnel 2", status -> status.activeTunnel() == 2);
                flow.awaitEchoes(flow.echoes() + ECHOES, SECONDS);
                assertThat(flow.snapshot().silenceSeconds()).isLessThan(CUT_SILENCE_SECONDS);
                assertThat(rig.status().redundant()).isFalse();
                rig.topology().heal(1);
                rig.await("tunnel 1 on standby", FailoverIT::firstOnStandby);
            }
            useTunnel(rig, 1);
        });
    }

    @Test
    void whatLedToAFailoverIsKeptForTsharkToRead() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth().withQuickLiveness(), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            try (LabFlow flow = settledFlow(rig)) {
                rig.topology().cut(1);
                rig.topology().routeVpcThrough(2);
                rig.await("traffic on tunnel 2", status -> status.activeTunnel() == 2);
                flow.awaitEchoes(flow.echoes() + ECHOES, SECONDS);
                rig.awaitTrue("the record", () -> rig.count("flight.saved", 0) == 1);
            }
            Path record = onlyRecord(rig.folder().resolve("state/flight"));
            assertThat(Files.getPosixFilePermissions(record)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(Files.readString(record.resolve("failover.json")))
                    .contains("\"from\":1", "\"to\":2", "\"cause\":\"silent\"", "\"lastGood\":\"2")
                    .doesNotContain("null");
            assertThat(Files.readString(record.resolve("events.json"))).contains("connection.failover");
            List<String> samples = Files.readAllLines(record.resolve("samples.csv"));
            assertThat(samples).hasSizeGreaterThan(2 * 50).anyMatch(line -> line.contains(",1,true,up,"));
            assertPackets(record.resolve("packets.pcapng"));
        });
    }

    private static void assertPackets(Path capture) {
        CaptureJudge.assertWellFormed(capture);
        List<String> lines = CaptureJudge.lines(
                capture, "udp", "frame.interface_name", "frame.packet_flags", "frame.cap_len", "frame.time_epoch");
        assertThat(lines).allMatch(line -> line.split("\t", -1)[2].equals("28"), "headers only");
        assertThat(lines.stream().map(line -> line.substring(0, line.indexOf('\t', line.indexOf('\t') + 1))))
                .contains("aws/1\t0x00000002", "aws/1\t0x00000001", "aws/2\t0x00000002", "aws/2\t0x00000001");
        assertThat(lines.stream().map(line -> line.split("\t", -1)[3]).map(BigDecimal::new))
                .isSorted();
    }

    private static Path onlyRecord(Path folder) throws IOException {
        try (Stream<Path> records = Files.list(folder)) {
            List<Path> found = records.toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    @Test
    void strongSwanFindsTheDeathFirstAndTheTunnelStillComesBack() throws Exception {
        // Our own liveness is slow here, so that strongSwan has forgotten the SA when the path heals.
        Scenario scenario = Scenario.gatewayStartsBoth()
                .withLiveness("3s", "4s", 1)
                .withPeer(new PeerExtras("retransmit_tries = 1\n retransmit_timeout = 0.5", "", ""));
        Rig.run(scenario, rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            rig.topology().cut(1);
            rig.awaitTrue(
                    "strongSwan forgets tunnel 1",
                    () -> !rig.peer(1).securityAssociations().contains("ESTABLISHED"));
            rig.topology().heal(1);
            rig.await("traffic on tunnel 2", status -> status.activeTunnel() == 2);
            rig.await("tunnel 1 on standby", FailoverIT::firstOnStandby);
            useTunnel(rig, 1);
        });
    }

    @ParameterizedTest(name = "of the IKE SA: {0}")
    @ValueSource(booleans = {true, false})
    void aDeleteFromThePeerMovesTrafficAtOnceAndTheTunnelComesBack(boolean wholeIkeSa) throws Exception {
        Rig.run(Scenario.gatewayStartsBoth().withQuickLiveness(), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            try (LabFlow flow = settledFlow(rig)) {
                rig.topology().routeVpcThrough(2);
                if (wholeIkeSa) {
                    rig.peer(1).terminate();
                } else {
                    rig.peer(1).terminateChild();
                }
                rig.await("traffic on tunnel 2", status -> status.activeTunnel() == 2);
                flow.awaitEchoes(flow.echoes() + ECHOES, SECONDS);
                assertThat(flow.snapshot().silenceSeconds()).isLessThan(DELETE_SILENCE_SECONDS);
                rig.await("tunnel 1 on standby", FailoverIT::firstOnStandby);
            }
            useTunnel(rig, 1);
        });
    }

    @Test
    void aPeerThatWeStartedAndThatCrashedIsConnectedAgain() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth().withQuickLiveness(), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            rig.peer(1).kill();
            rig.topology().routeVpcThrough(2);
            rig.startPeer(1);
            rig.await("traffic on tunnel 2", status -> status.activeTunnel() == 2);
            rig.await("tunnel 1 on standby", FailoverIT::firstOnStandby);
            assertThat(rig.tunnel(1).ikeSas()).hasSize(1);
            useTunnel(rig, 1);
        });
    }

    @Test
    void aCrashedPeerThatStartsAnewReplacesItsOldSas() throws Exception {
        // Liveness would take 20 s: only INITIAL_CONTACT can explain an earlier return.
        Rig.run(Scenario.peerStartsBoth().withLiveness("10s", "10s", 30), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            long oldSpi = rig.tunnel(1).ikeSas().getFirst().remoteSpi();
            rig.peer(1).kill();
            rig.startPeer(1);
            rig.peer(1).initiate();
            rig.awaitTrue("only the new IKE SA on tunnel 1", () -> {
                var sas = rig.tunnel(1).ikeSas();
                return sas.size() == 1 && sas.getFirst().remoteSpi() != oldSpi;
            });
            rig.await(
                    "tunnel 1 ready",
                    status -> status.tunnels().getFirst().childSas().size() == 1);
            useTunnel(rig, 1);
        });
    }

    private static LabFlow settledFlow(Rig rig) {
        LabFlow flow = rig.flowToVpc();
        flow.awaitEchoes(ECHOES, SECONDS);
        return flow;
    }

    private static void useTunnel(Rig rig, int tunnel) {
        rig.switchTo(tunnel);
        rig.assertTrafficPasses(500);
    }

    private static boolean firstOnStandby(ConnectionStatus status) {
        return status.redundant() && status.tunnels().getFirst().state() == TunnelState.STANDBY;
    }
}
