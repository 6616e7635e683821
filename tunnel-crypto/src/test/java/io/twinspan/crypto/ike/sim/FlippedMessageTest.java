package io.twinspan.crypto.ike.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeEffect;
import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.ike.session.IkeStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A23: every message of every conversation, with every bit flipped, octets changed and its end cut off, given to its
 * receiver in the very state that waits for it. The machine is a function of its state, so the true message can follow
 * on the state that the false one left behind, and must still do its work.
 */
final class FlippedMessageTest {
    private static final int MAX_MESSAGES = 12;

    private static List<byte[]> damaged(byte[] message) {
        List<byte[]> all = new ArrayList<>();
        for (int at = 0; at < message.length; at++) {
            for (int bit = 0; bit < 8; bit += at < WireHeader.BYTES + 40 ? 1 : 3) {
                byte[] flipped = message.clone();
                flipped[at] ^= (byte) (1 << bit);
                all.add(flipped);
            }
            byte[] inverted = message.clone();
            inverted[at] = (byte) ~inverted[at];
            all.add(inverted);
        }
        for (int length = 0; length < message.length; length++) {
            all.add(Arrays.copyOf(message, length));
            all.add(Arrays.copyOfRange(message, message.length - length, message.length));
        }
        all.add(Arrays.copyOf(message, message.length + 1));
        return all;
    }

    @ParameterizedTest
    @EnumSource(DisturbedExchangeTest.Conversation.class)
    void a23_damagedMessagesNeverThrowAndTheTrueOneStillWorks(DisturbedExchangeTest.Conversation conversation) {
        ManualExchange exchange = conversation.begin();
        for (int i = 0; i < MAX_MESSAGES && exchange.waiting(Side.LEFT) + exchange.waiting(Side.RIGHT) > 0; i++) {
            Side from = exchange.waiting(Side.LEFT) > 0 ? Side.LEFT : Side.RIGHT;
            SimPacket.Ike packet = exchange.take(from);
            damageAll(exchange.gateway(from.other()), packet);
            exchange.deliver(from, packet);
        }
        exchange.pump();
        exchange.mustAgree();
    }

    private static void damageAll(SimGateway receiver, SimPacket.Ike packet) {
        List<byte[]> all = damaged(packet.message()).stream()
                .filter(message -> !Arrays.equals(message, packet.message()))
                .toList();
        if (packet.header().exchange() == WireHeader.IKE_SA_INIT) {
            imagineAll(receiver, packet, all);
        } else {
            all.forEach(message -> mustDrop(receiver, packet, message));
        }
    }

    /** Nothing protects a first message: a changed one may be a good one, but what is dropped must leave no trace. */
    private static void imagineAll(SimGateway receiver, SimPacket.Ike packet, List<byte[]> all) {
        int expected = datagrams(receiver.imagine(arrival(packet, packet.message())));
        for (byte[] message : all) {
            IkeStep after = receiver.imagine(arrival(packet, message));
            if (isIgnored(after)) {
                int sent = datagrams(receiver.imagine(after.state(), arrival(packet, packet.message())));
                assertThat(sent)
                        .as("answers to the true message after a false one")
                        .isEqualTo(expected);
            }
        }
    }

    private static void mustDrop(SimGateway receiver, SimPacket.Ike packet, byte[] message) {
        int reports = receiver.reports().size();
        IkePeerSummary before = receiver.summary();
        receiver.receive(new SimPacket.Ike(packet.source(), packet.destination(), message));
        assertThat(receiver.summary()).isEqualTo(before);
        assertThat(receiver.reports().size() - reports).as("one count for each").isLessThanOrEqualTo(1);
    }

    private static boolean isIgnored(IkeStep step) {
        return datagrams(step) == 0;
    }

    private static IkeEvent arrival(SimPacket.Ike packet, byte[] message) {
        return new IkeEvent.DatagramReceived(packet.destination(), packet.source(), message.clone());
    }

    private static int datagrams(IkeStep step) {
        return (int) step.effects().stream()
                .filter(IkeEffect.SendDatagram.class::isInstance)
                .count();
    }
}
