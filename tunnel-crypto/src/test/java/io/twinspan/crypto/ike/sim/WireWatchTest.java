package io.twinspan.crypto.ike.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The watch itself must notice what it is there for. */
final class WireWatchTest {
    private final WireWatch watch = new WireWatch(new SimClock(0));
    private final ScriptedPeer peer = new ScriptedPeer(true, 1, new byte[4]);
    private final ScriptedPeer other = new ScriptedPeer(false, 2, new byte[4]);

    private void connect() {
        byte[] init = peer.initRequest();
        byte[] answer = other.answerInit(init);
        send(init);
        watch.delivered(Side.RIGHT, init);
        watch.sent(Side.RIGHT, answer, Set.of(), Set.of(other.ourSpi()));
        watch.delivered(Side.LEFT, answer);
        peer.acceptInit(answer);
    }

    private void send(byte[] message) {
        watch.sent(Side.LEFT, message, Set.of(peer.ourSpi()), Set.of(peer.ourSpi()));
    }

    private void mustRefuse(Runnable action, String reason) {
        assertThatExceptionOfType(SimViolation.class).isThrownBy(action::run).withMessageContaining(reason);
    }

    @Test
    void twoScriptedPeersUnderstandEachOther() {
        connect();
        byte[] request = peer.request(WireHeader.IKE_AUTH, peer.authPayloads());
        send(request);
        assertThat(other.proves(other.open(request))).isTrue();
        assertThat(watch.sent()).isEqualTo(3);
    }

    @Test
    void noticesASecondOutstandingRequest() {
        connect();
        send(peer.request(WireHeader.IKE_AUTH));
        mustRefuse(() -> send(peer.request(WireHeader.INFORMATIONAL)), "unanswered");
    }

    @Test
    void noticesAChangedRetransmission() {
        connect();
        send(peer.seal(WireHeader.IKE_AUTH, 1, false, List.of()));
        mustRefuse(() -> send(peer.seal(WireHeader.IKE_AUTH, 1, false, List.of())), "changed");
    }

    @Test
    void noticesAnUnaskedResponse() {
        connect();
        byte[] response = peer.seal(WireHeader.INFORMATIONAL, 0, true, List.of());
        mustRefuse(() -> send(response), "unasked");
    }

    @Test
    void noticesASkippedMessageId() {
        connect();
        mustRefuse(() -> send(peer.seal(WireHeader.IKE_AUTH, 2, false, List.of())), "another message id");
    }

    @Test
    void noticesAWordOnADeadIkeSa() {
        connect();
        byte[] request = peer.request(WireHeader.IKE_AUTH);
        mustRefuse(() -> watch.sent(Side.LEFT, request, Set.of(), Set.of()), "gone");
    }

    @Test
    void noticesAMalformedMessage() {
        byte[] init = peer.initRequest();
        init[27]++;
        mustRefuse(() -> send(init), "length field");
    }
}
