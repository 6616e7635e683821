package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.HeaderResult;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessageDecoder;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.session.IkeSa.AwaitingAuth;
import io.twinspan.crypto.ike.session.IkeSa.AwaitingSaInit;
import io.twinspan.crypto.ike.session.IkeSa.Closed;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.IkeSa.HalfOpen;
import io.twinspan.crypto.ike.session.ResponseCache.Verdict;
import java.util.List;
import java.util.Optional;

/** Finds the IKE SA that a datagram belongs to; what belongs to none leaves a report and nothing else. */
final class Inbox {
    /** INVALID_IKE_SPI is not sent in answer to anything shorter than itself. */
    private static final int SHORTEST_ANSWERED_BYTES = 36;

    private static final int IKEV1 = 1;

    private final Turn turn;

    Inbox(Turn turn) {
        this.turn = turn;
    }

    void receive(byte[] datagram, Arrival from) {
        switch (IkeMessageDecoder.decodeHeader(datagram)) {
            case HeaderResult.Refused(DecodeResult because) -> refused(because, datagram, from);
            case HeaderResult.Read(IkeHeader header, int _) -> {
                if (header.fromInitiator() && header.responderSpi() == 0) {
                    new SaInitResponder(turn).receive(header, datagram, from);
                } else {
                    route(header, datagram, from);
                }
            }
        }
    }

    private void route(IkeHeader header, byte[] datagram, Arrival from) {
        long ours = header.fromInitiator() ? header.responderSpi() : header.initiatorSpi();
        long theirs = header.fromInitiator() ? header.initiatorSpi() : header.responderSpi();
        // RFC 7296 section 2.6: both SPIs and the initiator flag name an SA, not one SPI alone.
        Optional<IkeSa> sa = turn.sa(ours)
                .filter(found -> found.initiator() != header.fromInitiator())
                .filter(found -> found instanceof AwaitingSaInit || found.remoteSpi() == theirs);
        if (sa.isEmpty()) {
            unknown(header, datagram, from);
            return;
        }
        switch (sa.get()) {
            case AwaitingSaInit init -> new SaInitExchange(turn).receive(init, header, datagram, from);
            case AwaitingAuth auth -> new AuthExchange(turn).receive(auth, header, datagram);
            case HalfOpen half -> new AuthResponder(turn).receive(half, header, datagram, from);
            case Established live -> new EstablishedInbox(turn).receive(live, header, datagram, from);
            case Closed closed -> repeatLast(closed, header, datagram, from);
        }
    }

    private void repeatLast(Closed closed, IkeHeader header, byte[] datagram, Arrival from) {
        long messageId = header.messageId() & RequestWindow.MAX_MESSAGE_ID;
        if (!header.isResponse() && closed.cache().classify(messageId, datagram) == Verdict.REPEATED) {
            new Messenger(turn).send(from.local(), from.remote(), closed.cache().response());
        } else if (header.isResponse() && closed.awaitedId() == messageId) {
            // RFC 7296 section 2.25: where two DELETEs cross, the answer to ours is right and comes after the end.
            turn.put(closed.answered());
        } else {
            turn.misbehaved(IkeMisbehaviour.UNKNOWN_SPI, header.label() + " to a closed IKE SA");
        }
    }

    private void unknown(IkeHeader header, byte[] datagram, Arrival from) {
        turn.misbehaved(IkeMisbehaviour.UNKNOWN_SPI, header.label() + " from " + from.remote());
        ReplyLimits limits = turn.facts().limits();
        boolean allowed = ReplyLimits.allows(limits.unknownSpiNanos(), turn.now());
        // RFC 7296 section 2.21.4: requests only, rate limited, and never more octets than came.
        if (!header.isResponse() && allowed && datagram.length >= SHORTEST_ANSWERED_BYTES) {
            turn.set(turn.facts().with(limits.unknownSpiAnswered(turn.now())));
            new Messenger(turn).plain(header.toResponse(), List.of(new Notify(NotifyType.INVALID_IKE_SPI)), from);
        }
    }

    private void refused(DecodeResult because, byte[] datagram, Arrival from) {
        switch (because) {
            case DecodeResult.UnsupportedVersion(int major, IkeHeader header) -> {
                turn.misbehaved(IkeMisbehaviour.UNSUPPORTED_VERSION, "major version " + major);
                answerVersion(major, header, datagram, from);
            }
            case DecodeResult.Malformed(String reason, int _) ->
                turn.misbehaved(IkeMisbehaviour.MALFORMED_HEADER, reason);
            case DecodeResult.UnsupportedCritical _, DecodeResult.Decoded _ ->
                turn.misbehaved(IkeMisbehaviour.MALFORMED_HEADER, "not a header");
        }
    }

    /** RFC 7296 section 2.5: a higher major version is told ours, seldom; IKEv1 is dropped. */
    private void answerVersion(int major, IkeHeader header, byte[] datagram, Arrival from) {
        ReplyLimits limits = turn.facts().limits();
        boolean allowed = ReplyLimits.allows(limits.versionNanos(), turn.now());
        if (major > IKEV1 && !header.isResponse() && allowed && datagram.length >= SHORTEST_ANSWERED_BYTES) {
            turn.set(turn.facts().with(limits.versionAnswered(turn.now())));
            new Messenger(turn).plain(header.toResponse(), List.of(new Notify(NotifyType.INVALID_MAJOR_VERSION)), from);
        }
    }
}
