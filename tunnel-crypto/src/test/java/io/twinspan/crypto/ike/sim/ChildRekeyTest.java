package io.twinspan.crypto.ike.sim;

import static io.twinspan.crypto.ike.sim.Side.LEFT;
import static io.twinspan.crypto.ike.sim.Side.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rekeying of a child SA without a collision, message by message (RFC 7296 sections 1.3.3 and 2.8). */
final class ChildRekeyTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    @ParameterizedTest
    @EnumSource(Side.class)
    void eitherSideRekeysWithoutAGap(Side side) {
        ManualExchange exchange = ManualExchange.plain().establish();
        Set<Integer> before = Set.copyOf(exchange.gateway(side).inbound().keySet());
        exchange.gateway(side).fire(new IkeEvent.RekeyChildRequested());
        exchange.mustPassTraffic();
        exchange.deliver(side);
        exchange.mustPassTraffic();
        exchange.deliver(side.other());
        exchange.mustPassTraffic();
        exchange.deliver(side);
        exchange.mustPassTraffic();
        exchange.deliver(side.other());
        exchange.mustAgree();
        assertThat(exchange.gateway(side).inbound()).doesNotContainKeys(before.toArray(Integer[]::new));
        assertThat(exchange.gateway(side).reports(IkeReport.ChildSaRekeyed.class))
                .hasSize(1)
                .allMatch(IkeReport.ChildSaRekeyed::byUs);
        assertThat(exchange.gateway(side.other()).reports(IkeReport.ChildSaRekeyed.class))
                .hasSize(1)
                .noneMatch(IkeReport.ChildSaRekeyed::byUs);
    }

    @Test
    void invalidKeyExchangeGroupIsRetriedWithTheNamedOne() {
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left()
                                .esp(PolicyBuilder.espProposal(
                                        KeyExchangeMethod.CURVE25519, KeyExchangeMethod.ECP_256)),
                        PolicyBuilder.right().esp(PolicyBuilder.espProposal(KeyExchangeMethod.ECP_256)))
                .establish();
        Set<Integer> before = Set.copyOf(exchange.left().inbound().keySet());
        exchange.left().fire(new IkeEvent.RekeyChildRequested());
        exchange.deliver(LEFT);
        exchange.deliver(RIGHT);
        exchange.mustPassTraffic();
        exchange.pump();
        exchange.mustAgree();
        assertThat(exchange.left().inbound().keySet()).doesNotContainAnyElementsOf(before);
    }

    @Test
    void withoutPfsNoKeyExchangeTravels() {
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left().esp(PolicyBuilder.espProposal()),
                        PolicyBuilder.right().esp(PolicyBuilder.espProposal()))
                .establish();
        exchange.right().fire(new IkeEvent.RekeyChildRequested());
        exchange.pump();
        exchange.mustAgree();
        assertThat(exchange.right().reports(IkeReport.ChildSaRekeyed.class)).hasSize(1);
    }

    @Test
    void softLifetimeStartsARekeyBeforeTheHardOneEnds() {
        Duration life = Duration.ofMinutes(10);
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left().timers(SimTimers.lifetimes(Duration.ofHours(8), life)),
                        PolicyBuilder.right())
                .establish();
        exchange.advanceAndPump(life.multipliedBy(77).dividedBy(100));
        assertThat(exchange.left().reports(IkeReport.ChildSaRekeyed.class)).isEmpty();
        exchange.advanceAndPump(life.multipliedBy(6).dividedBy(100));
        assertThat(exchange.left().reports(IkeReport.ChildSaRekeyed.class)).hasSize(1);
        exchange.mustAgree();
    }

    @Test
    void hardLifetimeEndsAChildThatTheOtherSideRefusesToRekey() {
        Duration life = Duration.ofSeconds(100);
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left()
                                .timers(SimTimers.lifetimes(Duration.ofHours(8), life))
                                .esp(PolicyBuilder.espProposal(KeyExchangeMethod.CURVE25519)),
                        PolicyBuilder.right().esp(PolicyBuilder.espProposal(KeyExchangeMethod.ECP_256)))
                .establish();
        int old = exchange.left().sendingOn().orElseThrow();
        exchange.advanceAndPump(life.plusSeconds(60));
        assertThat(exchange.left().inbound()).doesNotContainKey(old);
        assertThat(exchange.left().reports(IkeReport.NegotiationFailed.class)).isNotEmpty();
        exchange.mustAgree();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void e20_exhaustionOfSequenceNumbersStartsARekeyAndTrafficGoesOn(Side side) {
        ManualExchange exchange = ManualExchange.plain().establish();
        int old = exchange.gateway(side).sendingOn().orElseThrow();
        exchange.gateway(side).fire(new IkeEvent.ChildNearlyExhausted(old));
        exchange.pump();
        exchange.mustAgree();
        assertThat(exchange.gateway(side).inbound()).doesNotContainKey(old);
    }

    @Test
    void exhaustionOfAnUnknownChildIsNoNews() {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.left().fire(new IkeEvent.ChildNearlyExhausted(0x7777_7777));
        assertThat(exchange.waiting(LEFT)).isZero();
        exchange.mustAgree();
    }

    @Test
    void aSecondRequestToRekeyDuringARekeyStartsNoSecondOne() {
        ManualExchange exchange = ManualExchange.plain().establish();
        for (int i = 0; i < 5; i++) {
            exchange.left().fire(new IkeEvent.RekeyChildRequested());
        }
        exchange.pump();
        exchange.mustAgree();
        assertThat(exchange.left().reports(IkeReport.ChildSaRekeyed.class)).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void lostRequestIsSentAgainAndTrafficGoesOn(Side side) {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.gateway(side).fire(new IkeEvent.RekeyChildRequested());
        SimPacket.Ike lost = exchange.take(side);
        exchange.advanceUntilSends(side, SOON);
        exchange.mustPassTraffic();
        SimPacket.Ike again = exchange.deliver(side);
        assertThat(again.message()).isEqualTo(lost.message());
        exchange.pump();
        exchange.mustAgree();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void lostResponseIsSentAgainFromTheCache(Side side) {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.gateway(side).fire(new IkeEvent.RekeyChildRequested());
        exchange.deliver(side);
        SimPacket.Ike lost = exchange.take(side.other());
        exchange.mustPassTraffic();
        exchange.advanceUntilSends(side, SOON);
        exchange.deliver(side);
        SimPacket.Ike again = exchange.deliver(side.other());
        assertThat(again.message()).isEqualTo(lost.message());
        exchange.pump();
        exchange.mustAgree();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void e15_lostDeleteLeavesBothChildrenUsableUntilItIsSentAgain(Side side) {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.gateway(side).fire(new IkeEvent.RekeyChildRequested());
        exchange.deliver(side);
        exchange.deliver(side.other());
        exchange.take(side);
        exchange.mustPassTraffic();
        assertThat(exchange.gateway(side.other()).inbound()).hasSize(2);
        exchange.advanceAndPump(SOON);
        exchange.mustAgree();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void lostAnswerToTheDeleteIsSentAgain(Side side) {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.gateway(side).fire(new IkeEvent.RekeyChildRequested());
        exchange.deliver(side);
        exchange.deliver(side.other());
        exchange.deliver(side);
        exchange.take(side.other());
        exchange.mustPassTraffic();
        exchange.advanceAndPump(SOON);
        exchange.mustAgree();
    }

    @Test
    void e15_trafficSentBeforeTheDeleteStillFindsItsSa() {
        ManualExchange exchange = ManualExchange.plain().establish();
        exchange.left().fire(new IkeEvent.RekeyChildRequested());
        exchange.deliver(LEFT);
        SimPacket.Esp early = exchange.seal(RIGHT);
        SimPacket.Esp fromLeft = exchange.seal(LEFT);
        exchange.deliver(RIGHT);
        assertThat(exchange.opens(RIGHT, early)).isTrue();
        assertThat(exchange.opens(LEFT, fromLeft)).isTrue();
        exchange.deliver(LEFT);
        exchange.pump();
        exchange.mustAgree();
    }
}
