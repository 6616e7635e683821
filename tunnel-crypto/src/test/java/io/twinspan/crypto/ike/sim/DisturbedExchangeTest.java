package io.twinspan.crypto.ike.sim;

import static io.twinspan.crypto.ike.sim.Side.LEFT;
import static io.twinspan.crypto.ike.sim.Side.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkeReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every message of every exchange: once lost, once doubled, once delayed past its successors, once much later again. */
final class DisturbedExchangeTest {
    private static final Duration SETTLE = Duration.ofSeconds(90);
    private static final int MAX_MESSAGES = 8;

    /** What one message suffers. */
    enum Disturbance {
        LOST,
        DOUBLED,
        DELAYED,
        REPEATED_AT_THE_END
    }

    /** What is going on. */
    enum Conversation {
        SET_UP,
        CHILD_REKEY,
        CHILD_REKEY_COLLISION,
        IKE_REKEY,
        IKE_REKEY_COLLISION,
        CHILD_AND_IKE_REKEY,
        LIVENESS;

        ManualExchange begin() {
            ManualExchange exchange = ManualExchange.plain();
            if (this == SET_UP) {
                exchange.left().fire(new IkeEvent.Initiate());
                return exchange;
            }
            exchange.establish();
            switch (this) {
                case SET_UP -> {}
                case CHILD_REKEY -> exchange.left().fire(new IkeEvent.RekeyChildRequested());
                case CHILD_REKEY_COLLISION -> {
                    exchange.left().fire(new IkeEvent.RekeyChildRequested());
                    exchange.right().fire(new IkeEvent.RekeyChildRequested());
                }
                case IKE_REKEY -> exchange.left().fire(new IkeEvent.RekeyIkeRequested());
                case IKE_REKEY_COLLISION -> {
                    exchange.left().fire(new IkeEvent.RekeyIkeRequested());
                    exchange.right().fire(new IkeEvent.RekeyIkeRequested());
                }
                case CHILD_AND_IKE_REKEY -> {
                    exchange.left().fire(new IkeEvent.RekeyChildRequested());
                    exchange.right().fire(new IkeEvent.RekeyIkeRequested());
                }
                case LIVENESS -> exchange.advanceUntilSends(LEFT, Duration.ofSeconds(12));
            }
            return exchange;
        }
    }

    /** A message that the network still holds. */
    private record Held(Side from, SimPacket.Ike packet) {}

    @ParameterizedTest
    @EnumSource(Conversation.class)
    void anyMessageLost(Conversation conversation) {
        disturbEach(conversation, Disturbance.LOST);
    }

    @ParameterizedTest
    @EnumSource(Conversation.class)
    void anyMessageDoubled(Conversation conversation) {
        disturbEach(conversation, Disturbance.DOUBLED);
    }

    @ParameterizedTest
    @EnumSource(Conversation.class)
    void anyMessageDelayedPastItsSuccessors(Conversation conversation) {
        disturbEach(conversation, Disturbance.DELAYED);
    }

    @ParameterizedTest
    @EnumSource(Conversation.class)
    void anyMessageRepeatedWhenAllIsDone(Conversation conversation) {
        disturbEach(conversation, Disturbance.REPEATED_AT_THE_END);
    }

    private static void disturbEach(Conversation conversation, Disturbance disturbance) {
        int disturbed = 0;
        while (disturbed < MAX_MESSAGES && disturb(conversation, disturbance, disturbed)) {
            disturbed++;
        }
        assertThat(disturbed).isGreaterThanOrEqualTo(2);
    }

    /** Returns false where the conversation has fewer messages. */
    private static boolean disturb(Conversation conversation, Disturbance disturbance, int victim) {
        ManualExchange exchange = conversation.begin();
        List<Held> later = new ArrayList<>();
        int seen = 0;
        while (exchange.waiting(LEFT) + exchange.waiting(RIGHT) > 0) {
            Side from = exchange.waiting(LEFT) > 0 ? LEFT : RIGHT;
            SimPacket.Ike packet = exchange.take(from);
            int times = 1;
            if (seen++ == victim) {
                times = switch (disturbance) {
                    case LOST, DELAYED -> 0;
                    case DOUBLED -> 2;
                    case REPEATED_AT_THE_END -> 1;
                };
                if (disturbance == Disturbance.DELAYED || disturbance == Disturbance.REPEATED_AT_THE_END) {
                    later.add(new Held(from, packet));
                }
            }
            for (int i = 0; i < times; i++) {
                exchange.deliver(from, packet);
            }
        }
        for (Held held : later) {
            exchange.deliver(held.from(), held.packet());
            exchange.pump();
        }
        exchange.advanceAndPump(SETTLE);
        exchange.mustAgree();
        if (conversation != Conversation.SET_UP) {
            assertThat(exchange.left().reports(IkeReport.Down.class)).isEmpty();
            assertThat(exchange.right().reports(IkeReport.Down.class)).isEmpty();
        }
        return seen > victim;
    }
}
