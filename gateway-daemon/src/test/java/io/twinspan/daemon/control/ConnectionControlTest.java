package io.twinspan.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.FailoverConfig;
import io.twinspan.config.model.MtuConfig;
import io.twinspan.config.model.ProbeConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.ike.session.IkeMisbehaviour;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import io.twinspan.daemon.ike.RecordingDataPlane;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.liveness.TunnelHealth;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.JournalEntry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From what IKE reports to the commands for the data plane and the words for the operator. */
final class ConnectionControlTest {
    private static final Duration HOLD_DOWN = Duration.ofSeconds(60);
    private static final TunnelName FIRST = new TunnelName("prod", 1);
    private static final TunnelName SECOND = new TunnelName("prod", 2);
    static final IkeReport ESTABLISHED = new IkeReport.ChildSaEstablished(
            1000,
            2000,
            new EspSuite(EncryptionAlgorithm.AES_GCM_16_256, IntegrityAlgorithm.NONE, SequenceNumbers.EXTENDED_64),
            true);

    private static final IkeReport RESUMED = new IkeReport.Resumed(1, 1, 1000, 2000);

    private final TestControlLoop loop = new TestControlLoop();
    private final List<String> commands = new ArrayList<>();
    private final RecordingDataPlane dataPlane = new RecordingDataPlane(commands);
    private final EventJournal journal = new EventJournal(() -> 0, () -> Instant.EPOCH);
    private final ControlPlane control = new ControlPlane(loop.loop(), journal, () -> Instant.EPOCH, Map::of);

    @BeforeEach
    void addConnection() {
        InetAddress here = address("192.0.2.1");
        control.add(connection(false), dataPlane, _ -> here);
    }

    @Test
    void connectionIsUpWhenBothTunnelsAre() {
        control.onReport(FIRST, ESTABLISHED);
        assertThat(commands).containsExactly("active 1");
        assertThat(state()).isEqualTo(ConnectionState.DEGRADED);
        control.onReport(SECOND, ESTABLISHED);
        assertThat(state()).isEqualTo(ConnectionState.UP);
        assertThat(shown(1)).isEqualTo(TunnelState.UP);
        assertThat(shown(2)).isEqualTo(TunnelState.STANDBY);
    }

    @Test
    void icmpAboutPacketsThatAreTooBigIsCountedForItsTunnelAndOtherIcmpIsNot() {
        InetAddress here = address("192.0.2.1");
        InetAddress peer = tunnel(1).config().outsideRemote();
        for (int i = 0; i < 3; i++) {
            // Only the first of them may have the path probed.
            control.onIcmpError(here, peer, 3, 4);
        }
        control.onIcmpError(here, peer, 3, 1);
        control.onIcmpError(here, address("203.0.113.99"), 3, 4);
        control.toldTooBig(SECOND);
        control.toldTooBig(new TunnelName("gone", 1));
        assertThat(tunnel(1).journal().counts()).isEqualTo(Map.of("icmp_too_big_received", 3L));
        assertThat(tunnel(2).journal().counts()).isEqualTo(Map.of("icmp_too_big_sent", 1L));
    }

    @Test
    void aRestartMovesNoTrafficAndForgetsNoOrder() {
        Notes notes = new Notes();
        ControlPlane before = process(notes);
        before.onReport(FIRST, ESTABLISHED);
        before.onReport(SECOND, ESTABLISHED);
        before.connection("prod").orElseThrow().switchTo(2, (_, _) -> {});
        commands.clear();
        ControlPlane after = process(notes);
        ConnectionControl connection = after.connection("prod").orElseThrow();
        connection.recall();
        after.onReport(FIRST, RESUMED);
        after.onReport(SECOND, RESUMED);
        connection.recalled();
        assertThat(commands).containsExactly("active 2");
        assertThat(connection.failover().pinned()).isEqualTo(2);
        assertThat(connection.state()).isEqualTo(ConnectionState.UP);
    }

    @Test
    void aChoiceForAWhileEndsInTheNextProcessToo() {
        Notes notes = new Notes();
        ControlPlane before = process(notes);
        before.onReport(FIRST, ESTABLISHED);
        before.onReport(SECOND, ESTABLISHED);
        ConnectionControl chosen = before.connection("prod").orElseThrow();
        chosen.switchTo(2, (_, _) -> {});
        chosen.holdFor(2, Duration.ofMinutes(30));
        ConnectionControl taken = successor(notes);
        chosen.end();
        loop.advance(TimeUnit.MINUTES.toNanos(30) - Notes.AGO_NANOS - 1);
        assertThat(taken.failover().pinned()).isEqualTo(2);
        loop.advance(1);
        assertThat(taken.failover().pinned()).isZero();
    }

    @Test
    void theChoiceThatADrainMakesDoesNotOutliveItsPatience() {
        Notes notes = new Notes();
        ControlPlane before = process(notes);
        before.onReport(FIRST, ESTABLISHED);
        before.onReport(SECOND, ESTABLISHED);
        ConnectionControl drained = before.connection("prod").orElseThrow();
        List<TunnelControl> first = List.of(drained.tunnel(1).orElseThrow());
        var _ = new PlannedMoves(loop.loop(), (_, _) -> {}).drain(drained, first, Duration.ofSeconds(60));
        ConnectionControl taken = successor(notes);
        assertThat(taken.failover().pinned()).isEqualTo(2);
        loop.advance(TimeUnit.SECONDS.toNanos(61));
        assertThat(taken.failover().pinned()).isZero();
    }

    @Test
    void whatADrillChoosesIsNoOrderForTheNextProcess() {
        Notes notes = new Notes();
        ConnectionControl drilled = withBothUp(notes);
        drilled.switchForNow(2, (_, _) -> {});
        ConnectionControl taken = successor(notes);
        assertThat(taken.failover().pinned()).isZero();
        assertThat(taken.failover().carrying())
                .describedAs("as the policy has it")
                .containsExactly(1);
        drilled.switchBack();
        assertThat(drilled.failover().pinned()).isZero();
    }

    @Test
    void theOrderThatADrillInterruptsIsWhatTheNextProcessFollows() {
        Notes notes = new Notes();
        ConnectionControl drilled = withBothUp(notes);
        drilled.holdFor(2, Duration.ofMinutes(30));
        drilled.switchTo(2, (_, _) -> {});
        drilled.switchForNow(1, (_, _) -> {});
        ConnectionControl taken = successor(notes);
        assertThat(taken.failover().pinned()).isEqualTo(2);
        assertThat(taken.failover().carrying()).containsExactly(2);
        drilled.switchBack();
        assertThat(drilled.failover().pinned()).isEqualTo(2);
        loop.advance(TimeUnit.MINUTES.toNanos(30));
        assertThat(taken.failover().pinned()).isZero();
        assertThat(drilled.failover().pinned()).isZero();
    }

    @Test
    void aChoiceForAWhileThatEndsDuringADrillIsNotMadeAgainAfterIt() {
        Notes notes = new Notes();
        ConnectionControl drilled = withBothUp(notes);
        drilled.holdFor(2, Duration.ofSeconds(10));
        drilled.switchTo(2, (_, _) -> {});
        drilled.switchForNow(1, (_, _) -> {});
        loop.advance(TimeUnit.SECONDS.toNanos(10));
        assertThat(drilled.failover().pinned()).describedAs("the drill goes on").isEqualTo(1);
        assertThat(successor(notes).failover().pinned()).isZero();
        drilled.switchBack();
        assertThat(drilled.failover().pinned()).isZero();
    }

    @Test
    void whatAnOperatorChoosesDuringADrillStaysAfterItAndOverARestart() {
        Notes notes = new Notes();
        ConnectionControl drilled = withBothUp(notes);
        drilled.switchForNow(2, (_, _) -> {});
        drilled.switchTo(2, (_, _) -> {});
        drilled.switchBack();
        assertThat(drilled.failover().pinned()).isEqualTo(2);
        assertThat(successor(notes).failover().pinned()).isEqualTo(2);
    }

    @Test
    void aTunnelThatIsDownForADrillOrAChangeComesUpInTheNextProcess() {
        Notes notes = new Notes();
        ConnectionControl drilled = withBothUp(notes);
        TunnelControl first = drilled.tunnel(1).orElseThrow();
        drilled.disableForNow(first, "a drill deletes its SAs");
        ConnectionControl taken = process(notes).connection("prod").orElseThrow();
        taken.recall();
        assertThat(taken.tunnel(1).orElseThrow().health()).isNotInstanceOf(TunnelHealth.Disabled.class);
        drilled.disable(first, "taken down by the operator");
        assertThat(successor(notes).tunnel(1).orElseThrow().health()).isInstanceOf(TunnelHealth.Disabled.class);
    }

    @Test
    void aTunnelThatWasDownBeforeADrillStaysDown() {
        Notes notes = new Notes();
        ConnectionControl drilled = withBothUp(notes);
        TunnelControl first = drilled.tunnel(1).orElseThrow();
        drilled.disable(first, "taken down by the operator");
        drilled.disableForNow(first, "its configuration changes");
        assertThat(successor(notes).tunnel(1).orElseThrow().health()).isInstanceOf(TunnelHealth.Disabled.class);
    }

    @Test
    void aTunnelWhoseDeviceWasLostComesUpInTheNextProcess() {
        Notes notes = new Notes();
        ControlPlane before = process(notes);
        before.onReport(FIRST, ESTABLISHED);
        before.deviceLost("prod", "tws0", "its device is gone");
        ConnectionControl taken = process(notes).connection("prod").orElseThrow();
        taken.recall();
        taken.recalled();
        assertThat(taken.tunnels()).noneMatch(tunnel -> tunnel.health() instanceof TunnelHealth.Disabled);
    }

    private ConnectionControl withBothUp(Notes notes) {
        ControlPlane process = process(notes);
        process.onReport(FIRST, ESTABLISHED);
        process.onReport(SECOND, ESTABLISHED);
        return process.connection("prod").orElseThrow();
    }

    private ConnectionControl successor(Notes notes) {
        ControlPlane after = process(notes);
        ConnectionControl connection = after.connection("prod").orElseThrow();
        connection.recall();
        after.onReport(FIRST, RESUMED);
        after.onReport(SECOND, RESUMED);
        connection.recalled();
        return connection;
    }

    @Test
    void aTunnelThatCouldNotBeTakenUpIsLostAndItsTrafficMoves() {
        Notes notes = new Notes();
        ControlPlane before = process(notes);
        before.onReport(FIRST, ESTABLISHED);
        before.onReport(SECOND, ESTABLISHED);
        commands.clear();
        ControlPlane after = process(notes);
        ConnectionControl connection = after.connection("prod").orElseThrow();
        connection.recall();
        after.onReport(SECOND, RESUMED);
        connection.recalled();
        assertThat(commands).containsExactly("active 1", "active 2");
    }

    @Test
    void aTunnelThatWasTakenDownStaysDown() {
        Notes notes = new Notes();
        ControlPlane before = process(notes);
        before.onReport(SECOND, ESTABLISHED);
        ConnectionControl connection = before.connection("prod").orElseThrow();
        connection.disable(connection.tunnel(1).orElseThrow(), "by the operator");
        ConnectionControl taken = process(notes).connection("prod").orElseThrow();
        taken.recall();
        taken.recalled();
        assertThat(taken.tunnel(1).orElseThrow().health()).isEqualTo(new TunnelHealth.Disabled("by the operator"));
        assertThat(taken.tunnel(2).orElseThrow().health()).isNotInstanceOf(TunnelHealth.Disabled.class);
    }

    @Test
    void notesOfNoFormatAreNoNotes() {
        Notes notes = new Notes();
        notes.keep(new byte[] {1, 2, 3});
        ConnectionControl connection = process(notes).connection("prod").orElseThrow();
        connection.recall();
        connection.recalled();
        assertThat(connection.failover().carrying()).isEmpty();
    }

    private ControlPlane process(Notes notes) {
        ControlPlane process = new ControlPlane(loop.loop(), journal, () -> Instant.EPOCH, Map::of);
        InetAddress here = address("192.0.2.1");
        process.add(connection(false), dataPlane, _ -> here, notes);
        return process;
    }

    private static final class Notes implements ConnectionMemory {
        static final long AGO_NANOS = 1_000;
        private byte[] kept = new byte[0];

        @Override
        public void keep(byte[] notes) {
            kept = notes;
        }

        @Override
        public Optional<Recollection> recall() {
            return kept.length == 0 ? Optional.empty() : Optional.of(new Recollection(kept, AGO_NANOS));
        }
    }

    @Test
    void deleteFromThePeerMovesTrafficInTheSameStep() {
        bothUp();
        control.onReport(FIRST, new IkeReport.Down(DownCause.PEER_DELETED, "the peer sent a DELETE"));
        assertThat(commands).containsExactly("active 2");
        assertThat(shown(1)).isEqualTo(TunnelState.DOWN);
        assertThat(events())
                .contains("tunnel.down the peer sent a DELETE", "connection.switched traffic moved to tunnel 2");
    }

    @Test
    void tunnelThatComesBackIsStandbyAfterTheHoldDown() {
        bothUp();
        control.onReport(FIRST, new IkeReport.Down(DownCause.PEER_SILENT, "no answer for 30 s"));
        control.onReport(FIRST, ESTABLISHED);
        assertThat(shown(1)).isEqualTo(TunnelState.DEGRADED);
        loop.advance(HOLD_DOWN.toNanos() - 1);
        assertThat(state()).isEqualTo(ConnectionState.DEGRADED);
        loop.advance(1);
        assertThat(shown(1)).isEqualTo(TunnelState.STANDBY);
        assertThat(state()).isEqualTo(ConnectionState.UP);
        assertThat(commands).containsExactly("active 2");
    }

    @Test
    void unansweredRetransmissionsMoveTrafficBeforeThePeerIsGivenUp() {
        bothUp();
        control.onReport(FIRST, new IkeReport.Retransmitted("INFORMATIONAL", 2));
        assertThat(commands).isEmpty();
        control.onReport(FIRST, new IkeReport.Retransmitted("INFORMATIONAL", 3));
        assertThat(commands).containsExactly("active 2");
        assertThat(shown(1)).isEqualTo(TunnelState.DOWN);
        control.onReport(FIRST, new IkeReport.PeerAlive(8_000_000));
        assertThat(shown(1)).isEqualTo(TunnelState.DEGRADED);
        loop.advance(HOLD_DOWN.toNanos());
        assertThat(shown(1)).isEqualTo(TunnelState.STANDBY);
        assertThat(commands).containsExactly("active 2");
    }

    @Test
    void whereIkeIsWhatFellSilentNothingIsDeleted() {
        List<String> orders = new ArrayList<>();
        control.peers((tunnel, event) -> orders.add(tunnel.toString()));
        bothUp();
        control.onReport(FIRST, new IkeReport.Retransmitted("INFORMATIONAL", 3));
        dataPlane.authenticatedAt(loop.loop().nowNanos() + 1);
        loop.advance(TimeUnit.SECONDS.toNanos(10));
        assertThat(orders).isEmpty();
    }

    @Test
    void aFailoverIsExplainedWithAllItsInstants() {
        bothUp();
        dataPlane.authenticatedAt(loop.loop().nowNanos());
        loop.advance(TimeUnit.MILLISECONDS.toNanos(1_200));
        control.onReport(FIRST, new IkeReport.Retransmitted("INFORMATIONAL", 3));
        assertThat(events()).noneMatch(event -> event.startsWith("connection.failover"));
        control.firstForwarded("prod", loop.loop().nowNanos());
        assertThat(journal.since(0)).anySatisfy(entry -> {
            assertThat(entry.event().type()).isEqualTo("connection.failover");
            assertThat(entry.event().fields())
                    .containsKeys("last_good", "first_suspicion", "verdict", "switched", "first_packet")
                    .containsEntry("detection_ms", "1200.0");
        });
    }

    @Test
    void aPeerWhosePacketsComeMayTakeItsTimeWithAnAnswer() {
        bothUp();
        dataPlane.authenticatedAt(loop.loop().nowNanos());
        loop.advance(TimeUnit.MILLISECONDS.toNanos(900));
        control.onReport(FIRST, new IkeReport.Retransmitted("CREATE_CHILD_SA", 3));
        assertThat(commands).isEmpty();
    }

    @Test
    void connectionWithoutItsDeviceIsShownAsDown() {
        bothUp();
        control.deviceLost("prod", "tws0", "descriptor in bad state: its device is gone");
        assertThat(state()).isEqualTo(ConnectionState.DOWN);
        assertThat(shown(1)).isEqualTo(TunnelState.DISABLED);
        assertThat(commands).endsWith("active 0");
    }

    @Test
    void bothTunnelsLostMeansThatEverythingIsRefused() {
        bothUp();
        control.onReport(FIRST, new IkeReport.Down(DownCause.PEER_SILENT, "silent"));
        control.onReport(SECOND, new IkeReport.Down(DownCause.PEER_SILENT, "silent"));
        assertThat(commands).containsExactly("active 2", "active 0");
        assertThat(state()).isEqualTo(ConnectionState.DOWN);
    }

    @Test
    void bugOfAMachineCountsAsLoss() {
        bothUp();
        control.onBug(FIRST, new IllegalStateException("bug"), TimeUnit.SECONDS.toNanos(1));
        assertThat(dataPlane.activeTunnel()).isEqualTo(2);
        assertThat(events()).contains("tunnel.bug internal error (IllegalStateException), tunnel restarts in 1000 ms");
    }

    @Test
    void p3_floodOfMisbehaviourIsCountedEveryTimeAndToldOncePerMinute() {
        for (int i = 0; i < 100; i++) {
            control.onReport(FIRST, new IkeReport.Misbehaved(IkeMisbehaviour.INTEGRITY_FAILED, "wrong checksum"));
        }
        assertThat(events().stream().filter(event -> event.startsWith("peer.misbehaved")))
                .hasSize(1);
        assertThat(tunnel(1).journal().misbehaviour()).containsEntry("integrity_failed", 100L);
        loop.advance(ReportJournal.MISBEHAVIOUR_INTERVAL_NANOS);
        control.onReport(FIRST, new IkeReport.Misbehaved(IkeMisbehaviour.INTEGRITY_FAILED, "wrong checksum"));
        assertThat(events().stream().filter(event -> event.startsWith("peer.misbehaved")))
                .hasSize(2);
    }

    @Test
    void floodOfFailedNegotiationsIsCountedEveryTimeAndToldOncePerInterval() {
        for (int i = 0; i < 100; i++) {
            control.onReport(FIRST, new IkeReport.NegotiationFailed("IKE_SA_INIT", "no proposal"));
        }
        control.onReport(FIRST, new IkeReport.NegotiationFailed("IKE_AUTH", "the keys differ"));
        assertThat(events().stream().filter(event -> event.startsWith("ike.negotiation-failed")))
                .containsExactly(
                        "ike.negotiation-failed IKE_SA_INIT: no proposal",
                        "ike.negotiation-failed IKE_AUTH: the keys differ");
        loop.advance(ReportJournal.FAILURE_INTERVAL_NANOS);
        control.onReport(FIRST, new IkeReport.NegotiationFailed("IKE_SA_INIT", "no proposal"));
        assertThat(events().stream().filter(event -> event.startsWith("ike.negotiation-failed")))
                .hasSize(3);
        assertThat(tunnel(1).journal().counts()).containsEntry("negotiations_failed", 102L);
    }

    @Test
    void absentPeerDoesNotFillTheJournal() {
        for (int attempt = 1; attempt <= 1_000; attempt++) {
            control.onReport(FIRST, new IkeReport.Connecting(attempt));
            control.onReport(FIRST, new IkeReport.BackingOff(15_000_000_000L, attempt));
        }
        assertThat(events()).hasSizeLessThan(25);
    }

    @Test
    void a29_preSharedKeyAppearsNowhere() {
        bothUp();
        assertThat(connection(false).toString()).doesNotContain("aB3dE5gH7jK9mN1pQ3sT5vW7");
        assertThat(events()).noneMatch(event -> event.contains("aB3dE5gH7jK9mN1pQ3sT5vW7"));
    }

    private void bothUp() {
        control.onReport(FIRST, ESTABLISHED);
        control.onReport(SECOND, ESTABLISHED);
        commands.clear();
    }

    private ConnectionState state() {
        return control.connection("prod").orElseThrow().state();
    }

    private TunnelState shown(int number) {
        return tunnel(number).shown();
    }

    private TunnelControl tunnel(int number) {
        return control.connection("prod").orElseThrow().tunnel(number).orElseThrow();
    }

    private List<String> events() {
        return journal.since(0).stream()
                .map(JournalEntry::event)
                .map(event -> event.type() + " " + event.message())
                .toList();
    }

    static ConnectionConfig connection(boolean probed) {
        return new ConnectionConfig(
                "prod",
                "ts-prod",
                List.of(IpPrefix.parse("10.0.0.0/8")),
                List.of(IpPrefix.parse("172.31.0.0/16")),
                1_500,
                new MtuConfig(MtuConfig.DfPolicy.CLEAR, true, Duration.ofSeconds(30), Duration.ofMinutes(10)),
                new FailoverConfig(
                        FailoverConfig.Policy.ACTIVE_STANDBY,
                        1,
                        HOLD_DOWN,
                        HOLD_DOWN.multipliedBy(4),
                        Duration.ZERO,
                        true),
                List.of(tunnelConfig(1, probed), tunnelConfig(2, probed)));
    }

    private static TunnelConfig tunnelConfig(int number, boolean probed) {
        return new TunnelConfig(
                number,
                true,
                TunnelConfig.Startup.INITIATE,
                new TunnelConfig.BindAddress.OfRouteToPeer(),
                address("203.0.113." + number),
                address("169.254.1" + number + ".2"),
                address("169.254.1" + number + ".1"),
                30,
                "192.0.2.1",
                "203.0.113." + number,
                SecretBytes.copyOf("aB3dE5gH7jK9mN1pQ3sT5vW7".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                TunnelConfig.Encapsulation.AUTO,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Duration.ofHours(8),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                1_024,
                probe(probed, address("169.254.1" + number + ".1")));
    }

    private static ProbeConfig probe(boolean enabled, InetAddress target) {
        return new ProbeConfig(
                enabled,
                List.of(target),
                1,
                Duration.ofSeconds(1),
                Duration.ofMillis(50),
                Duration.ofMillis(10),
                Duration.ofSeconds(1),
                1e-10,
                0.02);
    }

    static InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
    }
}
