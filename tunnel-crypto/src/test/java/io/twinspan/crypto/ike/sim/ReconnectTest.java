package io.twinspan.crypto.ike.sim;

import static io.twinspan.crypto.ike.sim.Side.LEFT;
import static io.twinspan.crypto.ike.sim.Side.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeTimers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loss of the peer in every form, and the way back (RFC 7296 sections 2.4 and 1.4.1). */
final class ReconnectTest {
    private static final IkeTimers TIMERS = IkeTimers.defaults();
    private static final Duration GIVE_UP = Duration.ofNanos(TIMERS.giveUpNanos());
    private static final Duration LIVENESS = Duration.ofNanos(TIMERS.livenessNanos());

    private static void mustBeDown(SimGateway gateway, DownCause cause) {
        assertThat(gateway.reports(IkeReport.Down.class)).last().matches(down -> down.cause() == cause);
        assertThat(gateway.inbound()).isEmpty();
        assertThat(gateway.outbound()).isEmpty();
    }

    @Test
    void silenceIsFollowedByALivenessCheckWhoseAnswerKeepsTheTunnelUp() {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.advanceUntilSends(LEFT, LIVENESS.plusSeconds(1));
        assertThat(exchange.take(LEFT).header().exchange()).isEqualTo(WireHeader.INFORMATIONAL);
        exchange.advanceAndPump(Duration.ofMinutes(5));
        exchange.mustAgree();
        assertThat(exchange.left().reports(IkeReport.PeerAlive.class)).isNotEmpty();
    }

    @Test
    void authenticTrafficTakesThePlaceOfLivenessChecks() {
        ManualExchange exchange = ManualExchange.plain().establish();
        for (int i = 0; i < 20; i++) {
            exchange.advance(LIVENESS.dividedBy(2));
            exchange.mustPassTraffic();
        }
        assertThat(exchange.waiting(LEFT)).isZero();
        assertThat(exchange.waiting(RIGHT)).isZero();
    }

    @Test
    void aSilentPeerIsDeadWithinLivenessPlusGiveUpAndNeitherSideKeepsAnSa() {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.advance(LIVENESS.plus(GIVE_UP).plusSeconds(1));
        mustBeDown(exchange.left(), DownCause.PEER_SILENT);
        mustBeDown(exchange.right(), DownCause.PEER_SILENT);
        assertThat(exchange.left().reports(IkeReport.Retransmitted.class)).isNotEmpty();
    }

    @Test
    void theTunnelComesBackAfterThePartition() {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.advance(Duration.ofMinutes(3));
        exchange.dropAll();
        exchange.advanceAndPump(Duration.ofMinutes(1));
        exchange.mustAgree();
    }

    @Test
    void aShortPartitionDoesNotCostTheTunnel() {
        ManualExchange exchange = ManualExchange.plain().establish();
        int child = exchange.left().sendingOn().orElseThrow();
        exchange.advance(GIVE_UP.minusSeconds(5));
        exchange.dropAll();
        exchange.advanceAndPump(Duration.ofSeconds(30));
        exchange.mustAgree();
        assertThat(exchange.left().sendingOn()).hasValue(child);
    }

    @Test
    void pausesDoubleFromOneSecondToFifteen() {
        ManualExchange exchange = ManualExchange.plain();
        exchange.left().fire(new IkeEvent.Initiate());
        for (int i = 0; i < 8; i++) {
            exchange.advance(GIVE_UP.plusSeconds(20));
            exchange.dropAll();
        }
        List<IkeReport.BackingOff> pauses = exchange.left().reports(IkeReport.BackingOff.class);
        int[] seconds = {1, 2, 4, 8, 15, 15, 15};
        assertThat(pauses).hasSizeGreaterThanOrEqualTo(seconds.length);
        for (int i = 0; i < seconds.length; i++) {
            long shortest = TimeUnit.SECONDS.toNanos(seconds[i]);
            assertThat(pauses.get(i).delayNanos())
                    .isBetween(shortest, shortest + shortest * TIMERS.reconnectJitterPercent() / 100);
        }
    }

    @Test
    void successEndsTheBackOff() {
        ManualExchange exchange = ManualExchange.plain();
        exchange.left().fire(new IkeEvent.Initiate());
        exchange.advance(Duration.ofMinutes(4));
        exchange.dropAll();
        exchange.advanceAndPump(Duration.ofMinutes(1));
        exchange.mustAgree();
        int before = exchange.left().reports(IkeReport.BackingOff.class).size();
        exchange.advance(LIVENESS.plus(GIVE_UP).plusSeconds(1));
        assertThat(exchange.left()
                        .reports(IkeReport.BackingOff.class)
                        .get(before)
                        .delayNanos())
                .isLessThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(1200));
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void aRestartedPeerThatConnectsReplacesWhatWasThere(Side restarted) {
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left(), PolicyBuilder.right().startup(IkePolicy.Startup.INITIATE))
                .establish();
        Set<Integer> before =
                Set.copyOf(exchange.gateway(restarted.other()).inbound().keySet());
        exchange.restart(restarted);
        exchange.gateway(restarted).fire(new IkeEvent.Initiate());
        exchange.pump();
        exchange.advanceAndPump(Duration.ofSeconds(2));
        exchange.mustAgree();
        assertThat(exchange.gateway(restarted.other()).inbound()).doesNotContainKeys(before.toArray(Integer[]::new));
        assertThat(exchange.gateway(restarted.other()).reports(IkeReport.IkeSaEstablished.class))
                .hasSize(2);
    }

    @Test
    void aRestartedResponderIsFoundOutAndConnectedAgain() {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.restart(RIGHT);
        exchange.advanceAndPump(LIVENESS.plus(GIVE_UP).plusSeconds(30));
        exchange.mustAgree();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void whatIsUnderWayWhileADeleteAndItsAnswerTravelIsStillAccepted(Side side) {
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left(), PolicyBuilder.right().startup(IkePolicy.Startup.RESPOND))
                .establish();
        exchange.gateway(side).fire(new IkeEvent.Close("maintenance"));
        assertThat(exchange.gateway(side).outbound()).isEmpty();
        assertThat(exchange.gateway(side).inbound()).hasSize(1);
        exchange.pump();
        assertThat(exchange.gateway(side.other()).outbound()).isEmpty();
        assertThat(exchange.gateway(side.other()).inbound()).hasSize(1);
    }

    @Test
    void restartDeletesWhatStandsConnectsAnewAndStillHearsAPeerThatMayNotHaveHeard() {
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left(), PolicyBuilder.right().startup(IkePolicy.Startup.RESPOND))
                .establish();
        int old = exchange.left().inbound().keySet().iterator().next();
        exchange.left().fire(new IkeEvent.Restart("no probe was answered"));
        assertThat(exchange.left().reports(IkeReport.Down.class)).last().satisfies(down -> {
            assertThat(down.cause()).isEqualTo(DownCause.PEER_SILENT);
            assertThat(down.detail()).isEqualTo("no probe was answered");
        });
        exchange.dropAll();
        exchange.advanceAndPump(Duration.ofSeconds(20));
        assertThat(exchange.left().inbound()).containsKey(old).hasSize(2);
        exchange.advanceAndPump(Duration.ofSeconds(60));
        exchange.mustAgree();
    }

    @Test
    void aResponderThatWasClosedAnswersAgainOnceItIsWanted() {
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left(), PolicyBuilder.right().startup(IkePolicy.Startup.RESPOND))
                .establish();
        exchange.right().fire(new IkeEvent.Close("maintenance"));
        exchange.advanceAndPump(Duration.ofSeconds(10));
        assertThat(exchange.right().outbound()).isEmpty();
        exchange.right().fire(new IkeEvent.Initiate());
        exchange.advanceAndPump(Duration.ofMinutes(2));
        exchange.mustAgree();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void closeDeletesBothEndsAndStaysDown(Side side) {
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left(), PolicyBuilder.right().startup(IkePolicy.Startup.RESPOND))
                .establish();
        exchange.gateway(side).fire(new IkeEvent.Close("maintenance"));
        exchange.pump();
        exchange.advanceAndPump(Duration.ofSeconds(4));
        mustBeDown(exchange.gateway(side), DownCause.CLOSED);
        mustBeDown(exchange.gateway(side.other()), DownCause.PEER_DELETED);
        assertThat(exchange.gateway(side).summary().phase()).isEqualTo(IkePeerSummary.Phase.IDLE);
        assertThat(exchange.gateway(side).localSpis()).isEmpty();
    }

    @Test
    void closeWithoutAnAnswerEndsInTime() {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.left().fire(new IkeEvent.Close("maintenance"));
        exchange.advance(GIVE_UP.plusSeconds(1));
        mustBeDown(exchange.left(), DownCause.CLOSED);
        assertThat(exchange.left().localSpis()).isEmpty();
        assertThat(exchange.left().summary().phase()).isEqualTo(IkePeerSummary.Phase.IDLE);
    }

    @Test
    void aDeleteByThePeerIsFollowedByABackOffAndANewConnection() {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.right().fire(new IkeEvent.Close("maintenance"));
        exchange.deliver(RIGHT);
        exchange.deliver(LEFT);
        assertThat(exchange.left().summary().phase()).isEqualTo(IkePeerSummary.Phase.BACKING_OFF);
        assertThat(exchange.waiting(LEFT)).isZero();
        exchange.right().fire(new IkeEvent.Initiate());
        exchange.dropAll();
        exchange.advanceAndPump(Duration.ofSeconds(90));
        exchange.mustAgree();
    }

    @Test
    void deleteCrossingDeleteIsAnsweredByBothSides() {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.left().fire(new IkeEvent.Close("one"));
        exchange.right().fire(new IkeEvent.Close("other"));
        exchange.pump();
        exchange.advanceAndPump(Duration.ofSeconds(15));
        for (Side side : Side.values()) {
            mustBeDown(exchange.gateway(side), DownCause.CLOSED);
            assertThat(exchange.gateway(side).localSpis()).isEmpty();
            assertThat(exchange.gateway(side).reports(IkeReport.Misbehaved.class))
                    .as("the answer to a DELETE that crossed another one is no offence")
                    .isEmpty();
        }
    }

    @Test
    void initiateCutsABackOffShort() {
        ManualExchange exchange = ManualExchange.plain();
        exchange.left().fire(new IkeEvent.Initiate());
        exchange.advance(Duration.ofMinutes(4));
        exchange.dropAll();
        while (exchange.left().summary().phase() != IkePeerSummary.Phase.BACKING_OFF) {
            exchange.advance(Duration.ofSeconds(1));
        }
        exchange.dropAll();
        exchange.left().fire(new IkeEvent.Initiate());
        exchange.pump();
        exchange.mustAgree();
    }

    @Test
    void initiateOfAnEstablishedTunnelChangesNothing() {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.left().fire(new IkeEvent.Initiate());
        exchange.right().fire(new IkeEvent.Initiate());
        assertThat(exchange.waiting(LEFT)).isZero();
        assertThat(exchange.waiting(RIGHT)).isZero();
        exchange.mustAgree();
    }

    @Test
    void spuriousDeadlinesAndTrafficNewsAreHarmlessInEveryState() {
        ManualExchange exchange = ManualExchange.plain();
        Runnable noise = () -> {
            for (Side side : Side.values()) {
                exchange.gateway(side).fire(new IkeEvent.DeadlineReached());
                exchange.gateway(side)
                        .fire(new IkeEvent.TrafficSeen(exchange.clock().nowNanos()));
                exchange.gateway(side).fire(new IkeEvent.UnknownSpiReceived(0x1234_5678));
            }
        };
        noise.run();
        exchange.left().fire(new IkeEvent.Initiate());
        while (exchange.waiting(LEFT) + exchange.waiting(RIGHT) > 0) {
            noise.run();
            exchange.deliver(exchange.waiting(LEFT) > 0 ? LEFT : RIGHT);
        }
        exchange.advanceAndPump(Duration.ofSeconds(40));
        exchange.mustAgree();
    }

    @Test
    void aLinkUpTunnelWithRekeysOfBothKindsRunsForADay() {
        IkeTimers timers = TIMERS;
        SimWorld world = new SimWorld(
                7,
                PolicyBuilder.left().timers(timers).build(),
                PolicyBuilder.right().timers(timers).build());
        world.start();
        world.mustConverge(Duration.ofSeconds(5));
        world.trafficMustArrive(true);
        world.trafficEvery(Duration.ofSeconds(5));
        world.runFor(Duration.ofDays(1));
        world.mustConverge(Duration.ofMinutes(1));
        assertThat(world.left().reports(IkeReport.Down.class)).isEmpty();
        assertThat(world.right().reports(IkeReport.Down.class)).isEmpty();
        assertThat(world.left().reports(IkeReport.ChildSaRekeyed.class)).hasSizeBetween(24, 60);
        assertThat(world.left().reports(IkeReport.IkeSaRekeyed.class)).hasSizeBetween(3, 8);
        assertThat(world.messagesSent()).isLessThan(2_000);
    }
}
