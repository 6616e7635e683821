package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeReport.PeerAlive;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.IkeSa.Established.Stage;
import io.twinspan.crypto.ike.session.PendingExchange.ChildCreation;
import io.twinspan.crypto.ike.session.PendingExchange.ChildDelete;
import io.twinspan.crypto.ike.session.PendingExchange.IkeDelete;
import io.twinspan.crypto.ike.session.PendingExchange.IkeReplacement;
import io.twinspan.crypto.ike.session.PendingExchange.Notice;
import io.twinspan.crypto.ike.session.RequestWindow.Waiting;
import java.util.List;

/** Datagrams of an established IKE SA: first the window, then the ICV, then the content (RFC 7296 sections 2.1 to 2.3). */
final class EstablishedInbox {
    private final Turn turn;
    private final Messenger messenger;
    private final Continuity continuity;

    EstablishedInbox(Turn turn) {
        this.turn = turn;
        this.messenger = new Messenger(turn);
        this.continuity = new Continuity(turn);
    }

    void receive(Established sa, IkeHeader header, byte[] datagram, Arrival from) {
        if (header.isResponse()) {
            receiveResponse(sa, header, datagram, from);
        } else {
            receiveRequest(sa, header, datagram, from);
        }
    }

    // responses

    private void receiveResponse(Established sa, IkeHeader header, byte[] datagram, Arrival from) {
        if (!(sa.window() instanceof Waiting waiting)
                || !sa.window().expects(unsigned(header.messageId()))
                || !header.isExchange(waiting.request().exchange())) {
            turn.misbehaved(IkeMisbehaviour.UNEXPECTED_RESPONSE, header.label());
            return;
        }
        switch (new Unsealer(turn).open(sa.core(), sa.fragments(), datagram)) {
            case Unsealer.Opened.Dropped() -> {}
            case Unsealer.Opened.Part(Reassembly fragments) -> turn.put(sa.with(fragments));
            case Unsealer.Opened.Whole(IkeHeader _, DecodeResult content, List<byte[]> _) -> {
                heard(sa, from);
                new ExchangeRecord(turn)
                        .answered(waiting.request(), waiting.pending().purpose(), content);
                turn.established(sa.localSpi()).ifPresent(messenger::responded);
                turn.established(sa.localSpi()).ifPresent(live -> responded(live, waiting, content));
            }
        }
    }

    private void responded(Established sa, Waiting waiting, DecodeResult content) {
        if (waiting.pending() instanceof IkeDelete) {
            // RFC 7296 section 1.4.1: whatever else it says, the answer to a DELETE of the IKE SA ends it.
            forget(sa);
            return;
        }
        if (sa.stage() == Stage.CLOSING) {
            return;
        }
        switch (content) {
            case DecodeResult.Decoded(IkeMessage message) -> responded(sa, waiting, message);
            case DecodeResult.Malformed(String reason, int _) -> {
                turn.misbehaved(IkeMisbehaviour.MALFORMED_PAYLOAD, reason);
                unusable(sa);
            }
            case DecodeResult.UnsupportedCritical(int type, IkeHeader _) -> {
                turn.misbehaved(IkeMisbehaviour.UNSUPPORTED_CRITICAL_PAYLOAD, "payload " + type);
                unusable(sa);
            }
            case DecodeResult.UnsupportedVersion(int major, IkeHeader _) -> {
                turn.misbehaved(IkeMisbehaviour.UNSUPPORTED_VERSION, "version " + major);
                unusable(sa);
            }
        }
    }

    /** The two sides do not know any more what the other one believes: the only cure is a new IKE SA. */
    private void unusable(Established sa) {
        continuity.abandon(sa.localSpi(), DownCause.NEGOTIATION_FAILED, "an authentic response that does not parse");
    }

    private void responded(Established sa, Waiting waiting, IkeMessage message) {
        switch (waiting.pending()) {
            case Notice() ->
                turn.report(new PeerAlive(turn.now() - waiting.request().firstSentNanos()));
            case ChildDelete(List<Integer> inboundSpis) ->
                inboundSpis.forEach(spi -> new ChildInstaller(turn).release(spi, false));
            case ChildCreation creation -> new CreateChildExchange(turn).responded(sa, creation, message);
            case IkeReplacement replacement -> new RekeyIkeExchange(turn).responded(sa, replacement, message);
            case IkeDelete() -> forget(sa);
        }
    }

    /** Child SAs that no other IKE SA has taken over go with it. */
    private void forget(Established sa) {
        continuity.lose(sa.localSpi(), DownCause.CLOSED, "closed");
    }

    // requests

    private void receiveRequest(Established sa, IkeHeader header, byte[] datagram, Arrival from) {
        switch (sa.cache().classify(unsigned(header.messageId()), datagram)) {
            case REPEATED ->
                messenger.send(from.local(), from.remote(), sa.cache().response());
            case REPEATED_FRAGMENT -> {}
            case REUSED -> turn.misbehaved(IkeMisbehaviour.MESSAGE_ID_REUSED, header.label());
            case OUTSIDE ->
                turn.misbehaved(
                        IkeMisbehaviour.MESSAGE_ID_OUTSIDE_WINDOW,
                        header.label() + " where " + sa.cache().expectedId() + " is next");
            case NEW -> openRequest(sa, datagram, from);
        }
    }

    private void openRequest(Established sa, byte[] datagram, Arrival from) {
        switch (new Unsealer(turn).open(sa.core(), sa.fragments(), datagram)) {
            case Unsealer.Opened.Dropped() -> {}
            case Unsealer.Opened.Part(Reassembly fragments) -> turn.put(sa.with(fragments));
            case Unsealer.Opened.Whole whole -> {
                heard(sa, from);
                turn.established(sa.localSpi()).ifPresent(live -> respond(live, whole, from));
            }
        }
    }

    private void respond(Established sa, Unsealer.Opened.Whole whole, Arrival from) {
        // RFC 7296 section 2.8: a new request proves that our last response arrived, so that what the peer made with it
        // is ready to open our packets.
        List<Integer> ready = turn.children().stream()
                .filter(child -> child.ikeSpi() == sa.localSpi() && child.isSwitchPending())
                .map(ChildSa::inboundSpi)
                .toList();
        Answer answer = answer(sa, whole);
        messenger.respond(sa.localSpi(), whole.header(), whole.datagrams(), from, answer.payloads());
        whole.header()
                .exchange()
                .ifPresent(exchange -> new ExchangeRecord(turn).theirs(whole.content(), exchange, answer.payloads()));
        ChildInstaller installer = new ChildInstaller(turn);
        ready.forEach(inboundSpi -> turn.child(inboundSpi)
                .filter(ChildSa::isSwitchPending)
                .ifPresent(child -> installer.switchTo(inboundSpi, false)));
        answer.afterwards().run();
        turn.established(sa.localSpi())
                .filter(live -> live.cache().expectedId() == RequestWindow.REKEY_MESSAGE_ID)
                .ifPresent(live -> turn.put(live.wanting(new Task.RekeyIke())));
    }

    private Answer answer(Established sa, Unsealer.Opened.Whole whole) {
        return switch (whole.content()) {
            case DecodeResult.Malformed(String reason, int _) -> {
                turn.misbehaved(IkeMisbehaviour.MALFORMED_PAYLOAD, reason);
                yield Answer.refusing(NotifyType.INVALID_SYNTAX);
            }
            case DecodeResult.UnsupportedCritical(int type, IkeHeader _) -> {
                turn.misbehaved(IkeMisbehaviour.UNSUPPORTED_CRITICAL_PAYLOAD, "payload " + type);
                yield Answer.refusing(new Notify(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, new byte[] {(byte) type}));
            }
            case DecodeResult.UnsupportedVersion(int major, IkeHeader _) -> {
                turn.misbehaved(IkeMisbehaviour.UNSUPPORTED_VERSION, "version " + major);
                yield Answer.refusing(NotifyType.INVALID_SYNTAX);
            }
            case DecodeResult.Decoded(IkeMessage message) -> answer(sa, message);
        };
    }

    private Answer answer(Established sa, IkeMessage message) {
        ExchangeType exchange = message.header().exchange().orElse(ExchangeType.IKE_SA_INIT);
        return switch (exchange) {
            case CREATE_CHILD_SA -> new CreateChildResponder(turn).answer(sa, message);
            case INFORMATIONAL -> new InformationalExchange(turn).answer(sa, message);
            case IKE_SA_INIT, IKE_AUTH -> {
                turn.misbehaved(
                        IkeMisbehaviour.PAYLOAD_RULE_BROKEN, message.header().label() + " in an IKE SA");
                yield Answer.refusing(NotifyType.INVALID_SYNTAX);
            }
        };
    }

    /** An authentic message is a sign of life, and shows where the peer is now. */
    private void heard(Established sa, Arrival from) {
        turn.put(sa.with(sa.clock().heard(turn.now())));
        new PathFollower(turn).follow(sa.localSpi(), from);
    }

    private static long unsigned(int messageId) {
        return messageId & RequestWindow.MAX_MESSAGE_ID;
    }
}
