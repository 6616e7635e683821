package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkeMessageEncoder;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.session.IkeEffect.SendDatagram;
import io.twinspan.crypto.ike.session.IkeReport.Retransmitted;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.RequestWindow.Free;
import io.twinspan.crypto.ike.session.RequestWindow.Waiting;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.time.Deadline;
import java.util.List;

/** Puts messages into datagrams and keeps what must be sent again (RFC 7296 sections 2.1 to 2.3). */
final class Messenger {
    private final Turn turn;

    Messenger(Turn turn) {
        this.turn = turn;
    }

    /** Opens the window of an established SA with a request; the window must be free. */
    void request(long localSpi, ExchangeType exchange, List<IkePayload> payloads, PendingExchange pending) {
        turn.established(localSpi).ifPresent(sa -> request(sa, exchange, payloads, pending));
    }

    private void request(Established sa, ExchangeType exchange, List<IkePayload> payloads, PendingExchange pending) {
        long messageId = sa.window().nextMessageId();
        List<byte[]> datagrams = sa.core().seal(requestHeader(sa.core(), exchange, messageId), payloads);
        Outstanding request = Outstanding.first(messageId, exchange, datagrams, turn.now(), turn.timers());
        if (sa.clock().endNanos() != Deadline.NEVER) {
            request = request.giveUpBy(sa.clock().endNanos());
        }
        turn.put(sa.with(new Waiting(request, pending)).with(sa.clock().sent(turn.now())));
        send(sa.path().local(), sa.path().remote(), datagrams);
    }

    /** Frees the window: the response is in. */
    void responded(Established sa) {
        long next = sa.window().nextMessageId();
        Established free = sa.with(new Free(next));
        // RFC 7296 section 2.2: our message ids must not wrap either.
        turn.put(next == RequestWindow.REKEY_MESSAGE_ID ? free.wanting(new Task.RekeyIke()) : free);
    }

    /**
     * Answers a request of the peer, to where it came from (RFC 7296 section 2.11), and keeps the answer.
     *
     * @param requestDatagrams the octets of the request
     */
    void respond(
            long localSpi, IkeHeader request, List<byte[]> requestDatagrams, Arrival from, List<IkePayload> payloads) {
        turn.established(localSpi).ifPresent(sa -> {
            List<byte[]> datagrams = sa.core().seal(request.toResponse(), payloads);
            turn.put(sa.with(sa.cache().answered(requestDatagrams, datagrams))
                    .with(sa.clock().sent(turn.now())));
            send(from.local(), from.remote(), datagrams);
        });
    }

    /** Sends an outstanding request again, octet for octet, and says so. */
    Outstanding again(Outstanding request, SaPath path, String label) {
        Outstanding sentAgain = request.again(turn.now(), turn.timers());
        turn.report(new Retransmitted(label, sentAgain.transmissions()));
        send(path.local(), path.remote(), request.datagrams());
        return sentAgain;
    }

    /** A message without protection; only for IKE_SA_INIT and for errors outside any SA. */
    byte[] plain(IkeHeader header, List<IkePayload> payloads, Arrival to) {
        byte[] datagram = IkeMessageEncoder.encode(new IkeMessage(header, payloads));
        send(to.local(), to.remote(), List.of(datagram));
        return datagram;
    }

    void send(Endpoint local, Endpoint remote, List<byte[]> datagrams) {
        datagrams.forEach(datagram -> turn.effect(new SendDatagram(local, remote, datagram)));
    }

    static IkeHeader requestHeader(SaCore core, ExchangeType exchange, long messageId) {
        return IkeHeader.request(exchange, core.initiatorSpi(), core.responderSpi(), core.initiator(), (int) messageId);
    }
}
