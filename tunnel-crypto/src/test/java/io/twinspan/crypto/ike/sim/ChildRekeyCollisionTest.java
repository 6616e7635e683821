package io.twinspan.crypto.ike.sim;

import static io.twinspan.crypto.ike.sim.Side.LEFT;
import static io.twinspan.crypto.ike.sim.Side.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both sides rekey the same child SA, in every order of the four nonces (RFC 7296 sections 2.8.1 and 2.25). */
final class ChildRekeyCollisionTest {
    private static final Duration SETTLE = Duration.ofMinutes(1);

    private static ManualExchange bothAsk(NonceOrder order) {
        return bothAsk(ManualExchange.plain().establish(), order);
    }

    private static ManualExchange bothAsk(ManualExchange exchange, NonceOrder order) {
        order.forRequests(exchange);
        exchange.left().fire(new IkeEvent.RekeyChildRequested());
        exchange.right().fire(new IkeEvent.RekeyChildRequested());
        order.forResponses(exchange);
        return exchange;
    }

    private static void mustSettle(ManualExchange exchange) {
        exchange.left().entropy().freeNonces();
        exchange.right().entropy().freeNonces();
        exchange.mustPassTraffic();
        exchange.pump();
        exchange.mustPassTraffic();
        exchange.advanceAndPump(SETTLE);
        exchange.mustAgree();
    }

    private static int newInbound(ManualExchange exchange, Side side, Set<Integer> before) {
        Set<Integer> now = new HashSet<>(exchange.gateway(side).inbound().keySet());
        now.removeAll(before);
        assertThat(now).hasSize(1);
        return now.iterator().next();
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_plain_theLowestNonceLoses(NonceOrder order) {
        ManualExchange exchange = ManualExchange.plain().establish();
        Side winner = order.loser().other();
        Set<Integer> before =
                Set.copyOf(exchange.gateway(winner.other()).inbound().keySet());
        bothAsk(exchange, order);
        // The winner's request makes a child at the loser, and that one is to stay.
        exchange.deliver(winner);
        int survivor = newInbound(exchange, winner.other(), before);
        exchange.deliver(winner.other());
        exchange.mustPassTraffic();
        exchange.deliver(LEFT);
        exchange.mustPassTraffic();
        exchange.deliver(RIGHT);
        exchange.mustPassTraffic();
        exchange.pump();
        exchange.mustAgree();
        assertThat(exchange.gateway(winner.other()).inbound()).containsOnlyKeys(survivor);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_delayedResponse(NonceOrder order) {
        ManualExchange exchange = bothAsk(order);
        exchange.deliver(LEFT);
        exchange.deliver(RIGHT);
        SimPacket.Ike late = exchange.take(RIGHT);
        exchange.deliver(LEFT);
        exchange.mustPassTraffic();
        exchange.pump();
        exchange.mustPassTraffic();
        exchange.deliver(RIGHT, late);
        mustSettle(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_delayedResponseOfTheOtherSide(NonceOrder order) {
        ManualExchange exchange = bothAsk(order);
        exchange.deliver(LEFT);
        exchange.deliver(RIGHT);
        SimPacket.Ike late = exchange.take(LEFT);
        exchange.deliver(RIGHT);
        exchange.mustPassTraffic();
        exchange.pump();
        exchange.mustPassTraffic();
        exchange.deliver(LEFT, late);
        mustSettle(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_delayedRequest(NonceOrder order) {
        ManualExchange exchange = bothAsk(order);
        SimPacket.Ike late = exchange.take(LEFT);
        exchange.deliver(RIGHT);
        exchange.deliver(LEFT);
        exchange.mustPassTraffic();
        exchange.deliver(LEFT, late);
        mustSettle(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_delayedRequestUntilAfterTheDelete(NonceOrder order) {
        ManualExchange exchange = bothAsk(order);
        SimPacket.Ike late = exchange.take(LEFT);
        exchange.pump();
        exchange.mustPassTraffic();
        exchange.deliver(LEFT, late);
        mustSettle(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_delayedDelete(NonceOrder order) {
        ManualExchange exchange = bothAsk(order);
        exchange.deliver(LEFT);
        exchange.deliver(RIGHT);
        exchange.deliver(LEFT);
        exchange.deliver(RIGHT);
        assertThat(exchange.waiting(LEFT) + exchange.waiting(RIGHT)).isPositive();
        SimPacket.Ike late = exchange.waiting(LEFT) > 0 ? exchange.take(LEFT) : exchange.take(RIGHT);
        Side from = late.header().fromInitiator() ? LEFT : RIGHT;
        exchange.pump();
        exchange.mustPassTraffic();
        exchange.deliver(from, late);
        mustSettle(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_allDeletesDropped(NonceOrder order) {
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
    void e14_oneRequestDropped(NonceOrder order) {
        ManualExchange exchange = bothAsk(order);
        exchange.take(RIGHT);
        exchange.pump();
        mustSettle(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_bothResponsesDropped(NonceOrder order) {
        ManualExchange exchange = bothAsk(order);
        exchange.deliver(LEFT);
        exchange.deliver(RIGHT);
        exchange.dropAll();
        mustSettle(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_everyMessageDoubled(NonceOrder order) {
        ManualExchange exchange = bothAsk(order);
        for (int i = 0; i < 40 && exchange.waiting(LEFT) + exchange.waiting(RIGHT) > 0; i++) {
            for (Side side : Side.values()) {
                if (exchange.waiting(side) > 0) {
                    SimPacket.Ike packet = exchange.deliver(side);
                    if (!packet.header().isResponse()) {
                        exchange.deliver(side, packet);
                    }
                }
            }
            exchange.mustPassTraffic();
        }
        mustSettle(exchange);
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void oneSideIsToldToUseAnotherGroup(NonceOrder order) {
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left()
                                .esp(PolicyBuilder.espProposal(
                                        KeyExchangeMethod.CURVE25519, KeyExchangeMethod.ECP_256)),
                        PolicyBuilder.right()
                                .esp(PolicyBuilder.espProposal(
                                        KeyExchangeMethod.ECP_256, KeyExchangeMethod.CURVE25519)))
                .establish();
        bothAsk(exchange, order);
        exchange.pump();
        mustSettle(exchange);
    }

    /** strongSwan issue 2477: one of the two rekeys of a collision is refused. */
    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void b11_refusedHalfOfACollisionLeavesTheOtherInUse(NonceOrder order) {
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left().esp(PolicyBuilder.espProposal(KeyExchangeMethod.CURVE25519)),
                        PolicyBuilder.right()
                                .esp(
                                        PolicyBuilder.espProposal(KeyExchangeMethod.ECP_256),
                                        PolicyBuilder.espProposal(KeyExchangeMethod.CURVE25519)))
                .establish();
        bothAsk(exchange, order);
        exchange.pump();
        mustSettle(exchange);
    }

    /** strongSwan issue 1896: a lost response, then a delete, left no outbound SA. */
    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void b10_lostResponseOfACollisionNeverLeavesASideWithoutAnOutboundSa(NonceOrder order) {
        for (Side loses : Side.values()) {
            ManualExchange exchange = bothAsk(order);
            exchange.deliver(LEFT);
            exchange.deliver(RIGHT);
            exchange.take(loses);
            exchange.deliver(loses.other());
            exchange.mustPassTraffic();
            exchange.advanceUntilSends(loses.other(), SETTLE);
            mustSettle(exchange);
            for (int i = 0; i < 20; i++) {
                exchange.mustPassTraffic();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(NonceOrder.class)
    void e14_childRekeyCrossesIkeRekey(NonceOrder order) {
        for (Side side : Side.values()) {
            ManualExchange exchange = ManualExchange.plain().establish();
            order.forRequests(exchange);
            exchange.gateway(side).fire(new IkeEvent.RekeyChildRequested());
            exchange.gateway(side.other()).fire(new IkeEvent.RekeyIkeRequested());
            order.forResponses(exchange);
            exchange.deliver(LEFT);
            exchange.mustPassTraffic();
            exchange.deliver(RIGHT);
            exchange.mustPassTraffic();
            mustSettle(exchange);
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void e14_childRekeyCrossesIkeDelete(Side side) {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.gateway(side).fire(new IkeEvent.RekeyChildRequested());
        exchange.gateway(side.other()).fire(new IkeEvent.Close("test"));
        exchange.pump();
        exchange.advance(Duration.ofMillis(500));
        assertThat(exchange.gateway(side).outbound()).isEmpty();
        assertThat(exchange.gateway(side.other()).outbound()).isEmpty();
        exchange.dropAll();
        exchange.right().fire(new IkeEvent.Initiate());
        exchange.left().fire(new IkeEvent.Initiate());
        exchange.advanceAndPump(SETTLE);
        exchange.mustAgree();
    }
}
