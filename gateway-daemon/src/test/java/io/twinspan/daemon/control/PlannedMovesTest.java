package io.twinspan.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.ike.RecordingDataPlane;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.observe.EventJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders that take a while, on a clock that the test moves. */
final class PlannedMovesTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestControlLoop loop = new TestControlLoop();
    private final List<String> commands = new ArrayList<>();
    private final RecordingDataPlane dataPlane = new RecordingDataPlane(commands);
    private final EventJournal journal = new EventJournal(() -> 0, () -> Instant.EPOCH);
    private final ControlPlane control = new ControlPlane(loop.loop(), journal, () -> Instant.EPOCH, Map::of);
    private final PlannedMoves moves =
            new PlannedMoves(loop.loop(), (_, tunnel) -> commands.add("down " + tunnel.name()));

    @BeforeEach
    void bothUp() {
        control.add(ConnectionControlTest.connection(false), dataPlane, _ -> IpPrefix.parseAddress("192.0.2.1"));
        control.onReport(new TunnelName("prod", 1), ConnectionControlTest.ESTABLISHED);
        control.onReport(new TunnelName("prod", 2), ConnectionControlTest.ESTABLISHED);
        commands.clear();
    }

    @Test
    void drainingMovesTrafficFirstAndWaitsUntilTheTunnelIsQuiet() {
        CompletableFuture<CommandOutcome> outcome = moves.drain(connection(), List.of(tunnel(1)), PATIENCE);
        assertThat(commands).containsExactly("active 2");
        loop.advance(PlannedMoves.QUIET_NANOS / 2);
        assertThat(outcome).isNotDone();
        for (int i = 0; i < 200 && !outcome.isDone(); i++) {
            loop.advance(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(commands).startsWith("active 2", "down prod/1");
        assertThat(outcome)
                .isCompletedWithValueMatching(it -> it instanceof CommandOutcome.Done(String message)
                        && message.startsWith("going down: prod/1; no packet came for 1 s"));
        assertThat(connection().failover().pinned()).isZero();
    }

    @Test
    void drainingTheLastTunnelThatCarriesIsRefused() {
        control.onReport(new TunnelName("prod", 2), new IkeReport.Down(DownCause.PEER_DELETED, "gone"));
        commands.clear();
        CompletableFuture<CommandOutcome> outcome = moves.drain(connection(), List.of(tunnel(1)), PATIENCE);
        assertThat(outcome).isCompletedWithValueMatching(it -> it instanceof CommandOutcome.Refused);
        assertThat(commands).isEmpty();
    }

    @Test
    void moveThatEndsByItselfGoesBackToThePolicyUnlessSomebodyDecidedAnew() {
        connection().switchTo(2, (_, _) -> {});
        connection().holdFor(2, Duration.ofMinutes(30));
        loop.advance(29 * 60 * SECOND);
        assertThat(connection().failover().pinned()).isEqualTo(2);
        loop.advance(60 * SECOND);
        assertThat(connection().failover().pinned()).isZero();
        connection().switchTo(2, (_, _) -> {});
        connection().holdFor(2, Duration.ofMinutes(30));
        connection().holdForEver();
        loop.advance(31 * 60 * SECOND);
        assertThat(connection().failover().pinned()).isEqualTo(2);
    }

    @Test
    void measuredMoveWithoutTrafficSaysSo() {
        CompletableFuture<String> text = moves.measure(
                connection(), 2, PlannedMoves.ledger(connection()), loop.loop().nowNanos());
        for (int i = 0; i < 200 && !text.isDone(); i++) {
            loop.advance(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(text)
                .isCompletedWithValue("first packet on it: out none within 1 s, in none within 1 s;"
                        + " lost: out 0 packets here, in 0 on the way");
    }

    @Test
    void measuredMoveTellsWhenTheFirstPacketsCame() {
        PlannedMoves.Ledger before = new PlannedMoves.Ledger(Map.of(2, new PlannedMoves.Traffic(10, 50)), 0, 0);
        CompletableFuture<String> text =
                moves.measure(connection(), 2, before, loop.loop().nowNanos() - TimeUnit.MILLISECONDS.toNanos(3));
        assertThat(text)
                .isCompletedWithValue("first packet on it: out within 3 ms, in within 3 ms;"
                        + " lost: out 0 packets here, in 0 on the way");
    }

    @Test
    void followingThePeerIsSwitchedOnAndOffAtRunTime() {
        connection().followPeer(true);
        assertThat(journal.since(0).stream().map(entry -> entry.event().type())).contains("connection.policy");
        assertThat(commands).as("nobody sends yet: the traffic stays").isEmpty();
        connection().followPeer(false);
        assertThat(connection().failover().active()).isEqualTo(1);
    }

    private ConnectionControl connection() {
        return control.connection("prod").orElseThrow();
    }

    private TunnelControl tunnel(int number) {
        return connection().tunnel(number).orElseThrow();
    }
}
