package io.twinspan.crypto.ike.sim;

import static io.twinspan.crypto.ike.sim.Side.LEFT;
import static io.twinspan.crypto.ike.sim.Side.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rekeying of the IKE SA, alone and in collisions (RFC 7296 sections 1.3.2, 2.8.2 and 2.25). */
final class IkeRekeyTest {
    private static final Duration LATE_PACKETS = Duration.ofSeconds(4);

    private static final Duration SETTLE = Duration.ofMinutes(1);

    private static ManualExchange bothAsk(NonceOrder order) {
        ManualExchange exchange = ManualExchange.plain().establish();
        order.forRequests(exchange);
        exchange.left().fire(new IkeEvent.RekeyIkeRequested());
        exchange.right().fire(new IkeEvent.RekeyIkeRequested());
        order.forResponses(exchange);
        return exchange;
    }

    private static void mustSettle(ManualExchange exchange) {
        exchange.left().entropy().freeNonces();
        exchange.right().entropy().freeNonces();
        exchange.pump();
        exchange.mustPassTraffic();
        exchange.advanceAndPump(SETTLE);
        exchange.mustAgree();
        mustStillWork(exchange);
    }

    /** The surviving IKE SA has the children: a child rekey from both sides works on it. */
    private static void mustStillWork(ManualExchange exchange) {
        for (Side side : Side.values()) {
            exchange.gateway(side).fire(new IkeEvent.RekeyChildRequested());
            exchange.pump();
            exchange.mustAgree();
        }
        assertThat(exchange.left().reports(IkeReport.Down.class)).isEmpty();
        assertThat(exchange.right().reports(IkeReport.Down.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void eitherSideRekeysAndChildrenMoveOver(Side side) {
        ManualExchange exchange = ManualExchange.plain().establish();
        Set<Long> before = exchange.gateway(side).localSpis();
        int child = exchange.gateway(side).sendingOn().orElseThrow();
        exchange.gateway(side).fire(new IkeEvent.RekeyIkeRequested());
        exchange.deliver(side);
        exchange.mustPassTraffic();
        exchange.deliver(side.other());
        exchange.mustPassTraffic();
        exchange.pump();
        exchange.mustAgree();
        assertThat(exchange.gateway(side).localSpis()).doesNotContainAnyElementsOf(before);
        assertThat(exchange.gateway(side).inbound()).containsOnlyKeys(child);
        assertThat(exchange.gateway(side).reports(IkeReport.IkeSaRekeyed.class))
                .hasSize(1)
                .allMatch(IkeReport.IkeSaRekeyed::byUs);
        mustStillWork(exchange);
    }

    @Test
    void threeRekeysFromEachSideInTurn() {
        ManualExchange exchange = ManualExchange.plain().establish();
        for (int i = 0; i < 3; i++) {
            for (Side side : Side.values()) {
                exchange.gateway(side).fire(new IkeEvent.RekeyIkeRequested());
                exchange.pump();
                exchange.mustAgree();
            }
        }
        mustStillWork(exchange);
    }

    @Test
    void invalidKeyExchangeGroupIsRetriedWithTheNamedOne() {
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left()
                                .ike(PolicyBuilder.ikeProposal(
                                        KeyExchangeMethod.ECP_256, KeyExchangeMethod.CURVE25519)),
                        PolicyBuilder.right().ike(PolicyBuilder.ikeProposal(KeyExchangeMethod.CURVE25519)))
                .establish();
        exchange.left().fire(new IkeEvent.RekeyIkeRequested());
        exchange.pump();
        exchange.mustAgree();
        assertThat(exchange.left().reports(IkeReport.IkeSaRekeyed.class)).hasSize(1);
        mustStillWork(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_collision_theLowestNonceLoses(NonceOrder order) {
        ManualExchange exchange = ManualExchange.plain().establish();
        Side winner = order.loser().other();
        Set<Long> before = exchange.gateway(winner.other()).localSpis();
        order.forRequests(exchange);
        exchange.left().fire(new IkeEvent.RekeyIkeRequested());
        exchange.right().fire(new IkeEvent.RekeyIkeRequested());
        order.forResponses(exchange);
        Set<Long> asked = new HashSet<>(exchange.gateway(winner.other()).localSpis());
        exchange.deliver(winner);
        Set<Long> answered = new HashSet<>(exchange.gateway(winner.other()).localSpis());
        answered.removeAll(asked);
        answered.removeAll(before);
        exchange.deliver(winner.other());
        exchange.deliver(LEFT);
        exchange.deliver(RIGHT);
        mustSettle(exchange);
        if (!answered.isEmpty()) {
            assertThat(exchange.gateway(winner.other()).localSpis()).isEqualTo(answered);
        }
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_collision_delayedRequest(NonceOrder order) {
        ManualExchange exchange = bothAsk(order);
        SimPacket.Ike late = exchange.take(LEFT);
        exchange.deliver(RIGHT);
        exchange.deliver(LEFT);
        exchange.deliver(LEFT, late);
        mustSettle(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_collision_delayedResponse(NonceOrder order) {
        for (Side late : Side.values()) {
            ManualExchange exchange = bothAsk(order);
            exchange.deliver(LEFT);
            exchange.deliver(RIGHT);
            SimPacket.Ike response = exchange.take(late);
            exchange.pump();
            exchange.deliver(late, response);
            mustSettle(exchange);
        }
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_collision_requestDropped(NonceOrder order) {
        ManualExchange exchange = bothAsk(order);
        exchange.take(RIGHT);
        exchange.pump();
        mustSettle(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_collision_bothResponsesDropped(NonceOrder order) {
        ManualExchange exchange = bothAsk(order);
        exchange.deliver(LEFT);
        exchange.deliver(RIGHT);
        exchange.dropAll();
        mustSettle(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_collision_deletesDropped(NonceOrder order) {
        ManualExchange exchange = bothAsk(order);
        exchange.deliver(LEFT);
        exchange.deliver(RIGHT);
        exchange.deliver(LEFT);
        exchange.deliver(RIGHT);
        exchange.dropAll();
        mustSettle(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void collision_peerSilentAfterOneRequestArrivedLeavesNoSaBehind(NonceOrder order) {
        for (Side side : Side.values()) {
            ManualExchange exchange = bothAsk(order);
            exchange.deliver(side);
            exchange.advance(Duration.ofSeconds(40));
            exchange.dropAll();
            exchange.advanceAndPump(SETTLE);
            exchange.mustAgree();
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void e14_ikeRekeyCrossesIkeDelete(Side side) {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.gateway(side).fire(new IkeEvent.RekeyIkeRequested());
        exchange.gateway(side.other()).fire(new IkeEvent.Close("test"));
        exchange.pump();
        exchange.advanceAndPump(Duration.ofMillis(100));
        assertThat(exchange.left().outbound()).isEmpty();
        assertThat(exchange.right().outbound()).isEmpty();
        exchange.advanceAndPump(LATE_PACKETS);
        assertThat(exchange.left().inbound()).isEmpty();
        assertThat(exchange.right().inbound()).isEmpty();
    }

    /** strongSwan issue 3042: after a link bounce during the rekey both IKE SAs were deleted. */
    @ParameterizedTest
    @EnumSource(Side.class)
    void b14_exactlyOneIkeSaRemainsAfterALinkBounceDuringTheRekey(Side side) {
        for (int delivered = 0; delivered < 4; delivered++) {
            ManualExchange exchange = ManualExchange.plain().establish();
            Set<Long> before = exchange.gateway(side).localSpis();
            exchange.gateway(side).fire(new IkeEvent.RekeyIkeRequested());
            for (int i = 0; i < delivered; i++) {
                exchange.deliver(i % 2 == 0 ? side : side.other());
            }
            exchange.dropAll();
            exchange.advance(Duration.ofSeconds(3));
            exchange.dropAll();
            mustSettle(exchange);
            assertThat(exchange.gateway(side).localSpis()).hasSize(1).doesNotContainAnyElementsOf(before);
        }
    }

    /** libreswan issue 386: the IKE SA ages out while a child rekey is under way. */
    @ParameterizedTest
    @EnumSource(Side.class)
    void b16_endOfTheIkeSaDuringAChildRekeyEndsInOneTunnel(Side side) {
        Duration life = Duration.ofMinutes(5);
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left().timers(SimTimers.lifetimes(life, Duration.ofHours(1))),
                        PolicyBuilder.right())
                .establish();
        // A child rekey of the other side meets every message, the rekeys of the IKE SA and its end among them.
        long end = exchange.clock().elapsedNanos() + 2 * life.toNanos();
        while (exchange.clock().elapsedNanos() < end) {
            exchange.advanceUntilSends(LEFT, life);
            exchange.gateway(side).fire(new IkeEvent.RekeyChildRequested());
            exchange.pump();
            exchange.advance(Duration.ofMillis(100));
        }
        exchange.advanceAndPump(SETTLE);
        exchange.mustAgree();
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void simultaneousInitiationEndsInOneTunnel(NonceOrder order) {
        ManualExchange exchange =
                ManualExchange.of(PolicyBuilder.left(), PolicyBuilder.right().startup(IkePolicy.Startup.INITIATE));
        order.forRequests(exchange);
        exchange.left().fire(new IkeEvent.Initiate());
        exchange.right().fire(new IkeEvent.Initiate());
        order.forResponses(exchange);
        exchange.deliver(LEFT);
        exchange.deliver(RIGHT);
        exchange.pump();
        exchange.left().entropy().freeNonces();
        exchange.right().entropy().freeNonces();
        exchange.advanceAndPump(SETTLE);
        exchange.mustAgree();
    }
}
