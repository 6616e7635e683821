package io.twinspan.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a probe on its way to traffic on the other tunnel, on a virtual clock. */
final class PathWatchTest {
    private static final TunnelName FIRST = new TunnelName("prod", 1);
    private static final TunnelName SECOND = new TunnelName("prod", 2);

    private final TestControlLoop loop = new TestControlLoop();
    private final EventJournal journal = new EventJournal(() -> 0, () -> Instant.EPOCH);
    private final ControlPlane control = new ControlPlane(loop.loop(), journal, () -> Instant.EPOCH, Map::of);
    private final AnsweringDataPlane dataPlane = new AnsweringDataPlane(loop, control, "prod");

    @BeforeEach
    void addConnection() {
        control.add(ConnectionControlTest.connection(true), dataPlane, _ -> IpPrefix.parseAddress("192.0.2.1"));
        control.onReport(FIRST, ConnectionControlTest.ESTABLISHED);
        control.onReport(SECOND, ConnectionControlTest.ESTABLISHED);
        live(10_000);
    }

    @Test
    void silentTunnelIsLeftAlthoughItsSaStands() {
        dataPlane.dead(1);
        live(1_500);
        assertThat(dataPlane.activeTunnel()).isEqualTo(2);
        assertThat(shown(1)).isEqualTo(TunnelState.DOWN);
        GatewayEvent down = event("tunnel.path-down");
        assertThat(down.message()).startsWith("silent for ").endsWith(" probes unanswered");
        assertThat(event("connection.switched").message()).contains("traffic moved to tunnel 2");
    }

    @Test
    void silentTunnelThatAnswersAgainIsDegradedAndThenStandsBy() {
        dataPlane.dead(2);
        live(3_000);
        assertThat(shown(2)).isEqualTo(TunnelState.DOWN);
        dataPlane.alive(2);
        live(1_000);
        assertThat(shown(2)).isEqualTo(TunnelState.DEGRADED);
        live(4_000);
        assertThat(events()).contains("tunnel.path-up");
    }

    @Test
    void retransmissionsOfIkeOnlyMakeItLookWhereProbesAreAnswered() {
        live(500);
        int before = dataPlane.probes(1);
        control.onReport(FIRST, new IkeReport.Retransmitted("INFORMATIONAL", 3));
        live(20);
        assertThat(dataPlane.activeTunnel()).isEqualTo(1);
        assertThat(dataPlane.probes(1)).isEqualTo(before + 1);
    }

    @Test
    void aliveIkeDoesNotMakeADeadPathGood() {
        dataPlane.dead(1);
        live(3_000);
        control.onReport(FIRST, new IkeReport.PeerAlive(8_000_000));
        control.pathConfirmed(FIRST);
        assertThat(shown(1)).isEqualTo(TunnelState.DOWN);
    }

    @Test
    void tunnelWithoutAnSaIsNotProbed() {
        control.onReport(FIRST, new IkeReport.Down(IkeReport.DownCause.PEER_DELETED, "the peer sent a DELETE"));
        int before = dataPlane.probes(1);
        live(5_000);
        assertThat(dataPlane.probes(1)).isEqualTo(before);
    }

    @Test
    void atRestTheCarryingTunnelIsLookedAtTwentyTimesASecondAndTheOtherHardly() {
        int carrying = dataPlane.looks(1);
        int standby = dataPlane.looks(2);
        int probes = dataPlane.probes(1) + dataPlane.probes(2);
        live(10_000);
        assertThat(dataPlane.looks(1) - carrying).isLessThanOrEqualTo(10 * 23);
        assertThat(dataPlane.looks(2) - standby).isLessThanOrEqualTo(10 * 3);
        assertThat(dataPlane.probes(1) + dataPlane.probes(2) - probes).isLessThanOrEqualTo(21);
    }

    @Test
    void refusedProbesSayNothing() {
        dataPlane.refuse();
        live(5_000);
        assertThat(shown(1)).isEqualTo(TunnelState.UP);
        assertThat(dataPlane.activeTunnel()).isNotEqualTo(DataPlane.NO_TUNNEL);
    }

    @Test
    void statusKnowsThePath() {
        PathStatus path = control.connection("prod").orElseThrow().watch(1).status();
        assertThat(path.answered()).isTrue();
        assertThat(path.lost()).isZero();
        assertThat(path.medianNanos()).isEqualTo(AnsweringDataPlane.ROUND_TRIP_NANOS);
        assertThat(TimeUnit.NANOSECONDS.toMillis(path.detection().silentNanos()))
                .isBetween(220L, 280L);
    }

    private void live(int millis) {
        for (int i = 0; i < millis; i++) {
            loop.advance(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private TunnelState shown(int tunnel) {
        return control.connection("prod")
                .orElseThrow()
                .tunnel(tunnel)
                .orElseThrow()
                .shown();
    }

    private GatewayEvent event(String type) {
        return journal.since(0).stream()
                .map(JournalEntry::event)
                .filter(event -> event.type().equals(type))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private List<String> events() {
        return journal.since(0).stream().map(entry -> entry.event().type()).toList();
    }
}
