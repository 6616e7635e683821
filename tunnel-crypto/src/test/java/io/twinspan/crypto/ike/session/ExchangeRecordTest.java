package io.twinspan.crypto.ike.session;

import static io.twinspan.crypto.ike.session.TwoPeers.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.session.IkeReport.ExchangeEnded;
import io.twinspan.crypto.ike.session.IkeReport.Outcome;
import io.twinspan.crypto.ike.session.IkeReport.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of exchanges that are over. */
class ExchangeRecordTest {
    private final TwoPeers world = TwoPeers.connectable();

    private static List<ExchangeEnded> ended(TwoPeers.Side side) {
        return side.reports(ExchangeEnded.class);
    }

    @Test
    void bothSidesReportBothExchangesOfAConnection() {
        world.connect();

        assertThat(ended(world.left))
                .containsExactly(
                        new ExchangeEnded(ExchangeType.IKE_SA_INIT, Purpose.CONNECT, true, Outcome.ANSWERED, 0),
                        new ExchangeEnded(ExchangeType.IKE_AUTH, Purpose.CONNECT, true, Outcome.ANSWERED, 0));
        assertThat(ended(world.right))
                .containsExactly(
                        new ExchangeEnded(ExchangeType.IKE_SA_INIT, Purpose.CONNECT, false, Outcome.ANSWERED, 0),
                        new ExchangeEnded(ExchangeType.IKE_AUTH, Purpose.CONNECT, false, Outcome.ANSWERED, 0));
    }

    @Test
    void anAnswerAfterARetransmissionTookAsLongAsTheWholeWait() {
        world.carries = packet -> false;
        world.right.event(new IkeEvent.Initiate());
        world.left.event(new IkeEvent.Initiate());
        long asked = world.now;
        world.now = world.left.machine.nextDeadlineNanos(world.left.peer);
        world.carries = packet -> true;
        world.left.event(new IkeEvent.DeadlineReached());
        world.settle();

        assertThat(ended(world.left).getFirst().tookNanos())
                .isEqualTo(world.now - asked)
                .isPositive();
    }

    @Test
    void aPeerThatIsNotThereLeavesARequestUnanswered() {
        world.carries = packet -> false;
        world.left.event(new IkeEvent.Initiate());
        world.run(120 * SECOND);

        assertThat(ended(world.left)).isNotEmpty().allSatisfy(exchange -> {
            assertThat(exchange.outcome()).isEqualTo(Outcome.UNANSWERED);
            assertThat(exchange.purpose()).isEqualTo(Purpose.CONNECT);
        });
    }

    @Test
    void livenessChecksAndTheirLackOfAnAnswerAreTold() {
        world.connect();
        world.run(35 * SECOND);
        assertThat(ended(world.left))
                .filteredOn(exchange -> exchange.purpose() == Purpose.LIVENESS)
                .isNotEmpty()
                .allMatch(exchange -> exchange.outcome() == Outcome.ANSWERED);
        world.carries = packet -> false;
        world.run(60 * SECOND);
        assertThat(ended(world.left))
                .filteredOn(
                        exchange -> exchange.purpose() == Purpose.LIVENESS && exchange.outcome() == Outcome.UNANSWERED)
                .isNotEmpty();
    }

    @Test
    void rekeysAreToldOnBothSidesWithWhoseTheyWere() {
        world.connect();
        world.left.event(new IkeEvent.RekeyIkeRequested());
        world.settle();
        world.left.event(new IkeEvent.RekeyChildRequested());
        world.settle();

        for (Purpose purpose : List.of(Purpose.REKEY_IKE, Purpose.REKEY_CHILD)) {
            assertThat(ended(world.left))
                    .filteredOn(it -> it.purpose() == purpose)
                    .singleElement()
                    .satisfies(it -> {
                        assertThat(it.byUs()).isTrue();
                        assertThat(it.outcome()).isEqualTo(Outcome.ANSWERED);
                    });
            assertThat(ended(world.right))
                    .filteredOn(it -> it.purpose() == purpose)
                    .singleElement()
                    .matches(it -> !it.byUs());
        }
    }

    @Test
    void aRefusalIsNoAnswer() {
        TwoPeers odd = new TwoPeers(
                TwoPeers.policy(true),
                TwoPeers.policy(
                        false,
                        IkePolicy.Startup.RESPOND,
                        IkePolicy.Encapsulation.AUTO,
                        List.of(io.twinspan.crypto.suite.KeyExchangeMethod.ECP_521),
                        "0.0.0.0/0"));
        odd.connect();
        odd.run(2 * SECOND);

        assertThat(ended(odd.left)).isNotEmpty().allMatch(it -> it.outcome() == Outcome.REFUSED);
        assertThat(ended(odd.right)).isNotEmpty().allMatch(it -> it.outcome() == Outcome.REFUSED && !it.byUs());
    }
}
