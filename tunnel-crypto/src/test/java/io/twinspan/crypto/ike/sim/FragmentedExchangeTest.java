package io.twinspan.crypto.ike.sim;

import static io.twinspan.crypto.ike.sim.Side.LEFT;
import static io.twinspan.crypto.ike.sim.Side.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkeReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Exchanges whose messages are too long for one datagram (RFC 7383, case E9 of the project's list of failures). */
final class FragmentedExchangeTest {
    private static final Duration SETTLE = Duration.ofMinutes(1);

    private static ManualExchange exchange() {
        return ManualExchange.of(
                PolicyBuilder.left().selectors(PolicyBuilder.manySelectors(10), PolicyBuilder.manySelectors(172)),
                PolicyBuilder.right().selectors(PolicyBuilder.manySelectors(172), PolicyBuilder.manySelectors(10)));
    }

    private static List<SimPacket.Ike> takeAll(ManualExchange exchange, Side from) {
        List<SimPacket.Ike> all = new ArrayList<>();
        while (exchange.waiting(from) > 0) {
            all.add(exchange.take(from));
        }
        return all;
    }

    @Test
    void setUpAndRekeysTravelInFragments() {
        ManualExchange exchange = exchange();
        exchange.left().fire(new IkeEvent.Initiate());
        exchange.deliver(LEFT);
        exchange.deliver(RIGHT);
        assertThat(exchange.waiting(LEFT)).isGreaterThan(1);
        exchange.pump();
        exchange.mustAgree();
        for (Side side : Side.values()) {
            exchange.gateway(side).fire(new IkeEvent.RekeyChildRequested());
            assertThat(exchange.waiting(side)).isGreaterThan(1);
            exchange.pump();
            exchange.mustAgree();
        }
    }

    @Test
    void e9_fragmentsInAnyOrderAndDoubledMakeOneMessage() {
        ManualExchange exchange = exchange().establish();
        exchange.left().fire(new IkeEvent.RekeyChildRequested());
        for (SimPacket.Ike fragment : takeAll(exchange, LEFT).reversed()) {
            exchange.deliver(LEFT, fragment);
        }
        for (SimPacket.Ike fragment : takeAll(exchange, RIGHT).reversed()) {
            exchange.deliver(RIGHT, fragment);
            exchange.deliver(RIGHT, fragment);
        }
        exchange.pump();
        exchange.mustAgree();
        assertThat(exchange.left().reports(IkeReport.ChildSaRekeyed.class)).hasSize(1);
    }

    @Test
    void e9_theAnswerIsRepeatedForTheFirstFragmentAlone() {
        ManualExchange exchange = exchange().establish();
        exchange.left().fire(new IkeEvent.RekeyChildRequested());
        List<SimPacket.Ike> request = takeAll(exchange, LEFT);
        request.reversed().forEach(fragment -> exchange.deliver(LEFT, fragment));
        int answer = takeAll(exchange, RIGHT).size();
        for (SimPacket.Ike fragment : request.subList(1, request.size())) {
            exchange.deliver(LEFT, fragment);
            assertThat(exchange.waiting(RIGHT)).isZero();
        }
        exchange.deliver(LEFT, request.getFirst());
        assertThat(exchange.waiting(RIGHT)).isEqualTo(answer);
        exchange.pump();
        exchange.mustAgree();
    }

    @Test
    void e9_aDamagedFragmentDoesNotPushOutAGoodOne() {
        ManualExchange exchange = exchange().establish();
        exchange.left().fire(new IkeEvent.RekeyChildRequested());
        for (SimPacket.Ike fragment : takeAll(exchange, LEFT)) {
            byte[] damaged = fragment.message().clone();
            damaged[damaged.length - 1] ^= 1;
            exchange.forge(LEFT, fragment, damaged);
            exchange.deliver(LEFT, fragment);
            exchange.forge(LEFT, fragment, damaged);
        }
        exchange.pump();
        exchange.mustAgree();
        assertThat(exchange.left().reports(IkeReport.ChildSaRekeyed.class)).hasSize(1);
    }

    @Test
    void aLostFragmentIsMadeGoodByTheRetransmission() {
        for (Side loser : Side.values()) {
            ManualExchange exchange = exchange().establish();
            exchange.left().fire(new IkeEvent.RekeyChildRequested());
            if (loser == RIGHT) {
                takeAll(exchange, LEFT).forEach(fragment -> exchange.deliver(LEFT, fragment));
            }
            exchange.take(loser);
            exchange.pump();
            exchange.mustPassTraffic();
            exchange.advanceAndPump(SETTLE);
            exchange.mustAgree();
            assertThat(exchange.left().reports(IkeReport.ChildSaRekeyed.class)).hasSize(1);
        }
    }
}
