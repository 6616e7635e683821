package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.session.IkeReport.ExchangeEnded;
import io.twinspan.crypto.ike.session.IkeReport.Outcome;
import io.twinspan.crypto.ike.session.IkeReport.Purpose;
import java.util.List;

/** Reports how each exchange ended and how long it took, for those who count. Decides nothing. */
final class ExchangeRecord {
    private final Turn turn;

    ExchangeRecord(Turn turn) {
        this.turn = turn;
    }

    /** A request of ours outside an established IKE SA is over. */
    void ours(Outstanding request, Outcome outcome) {
        ours(request, Purpose.CONNECT, outcome);
    }

    /** The response to a request of ours is in. */
    void answered(Outstanding request, Purpose purpose, DecodeResult content) {
        boolean good = content instanceof DecodeResult.Decoded(IkeMessage message)
                && message.firstError().isEmpty();
        ours(request, purpose, good ? Outcome.ANSWERED : Outcome.REFUSED);
    }

    /** Nothing came in answer to a request of ours, and it was given up. */
    void unanswered(Outstanding request, Purpose purpose) {
        ours(request, purpose, Outcome.UNANSWERED);
    }

    /** We have answered a first message of the peer. */
    void theirs(ExchangeType exchange, boolean refused) {
        theirs(exchange, Purpose.CONNECT, refused);
    }

    /** We have answered a request of the peer in an established IKE SA. */
    void theirs(DecodeResult request, ExchangeType exchange, List<IkePayload> answer) {
        boolean refused = answer.stream().anyMatch(payload -> payload instanceof Notify notify && notify.isError());
        Purpose purpose =
                request instanceof DecodeResult.Decoded(IkeMessage message) ? purposeOf(message) : Purpose.OTHER;
        theirs(exchange, purpose, refused);
    }

    private static Purpose purposeOf(IkeMessage message) {
        if (message.header().isExchange(ExchangeType.IKE_AUTH)) {
            return Purpose.CONNECT;
        }
        if (message.payloads().isEmpty()) {
            return Purpose.LIVENESS;
        }
        if (message.notify(NotifyType.REKEY_SA).isPresent()) {
            return Purpose.REKEY_CHILD;
        }
        return CreateChildResponder.offersIke(message) ? Purpose.REKEY_IKE : Purpose.OTHER;
    }

    private void ours(Outstanding request, Purpose purpose, Outcome outcome) {
        turn.report(new ExchangeEnded(
                request.exchange(), purpose, true, outcome, Math.max(0, turn.now() - request.firstSentNanos())));
    }

    private void theirs(ExchangeType exchange, Purpose purpose, boolean refused) {
        turn.report(new ExchangeEnded(exchange, purpose, false, refused ? Outcome.REFUSED : Outcome.ANSWERED, 0));
    }
}
