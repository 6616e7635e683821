package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.session.RequestWindow.Free;
import io.twinspan.crypto.ike.session.RequestWindow.Waiting;
import io.twinspan.crypto.kex.KeyExchange;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.List;

/**
 * Exchanges under way in a snapshot. An outstanding request keeps its id, its octets and all that is needed to use the answer,
 * the private key included: the peer may have acted on it, so nothing else may ever be sent under that id (RFC 7296 section
 * 2.1). The time that passed with nobody listening is no silence of the peer, so that its patience begins anew.
 */
final class ExchangeSnapshot {
    private static final int FREE = 0;
    private static final int WAITING = 1;
    private static final int NOTICE = 0;
    private static final int CHILD_DELETE = 1;
    private static final int IKE_DELETE = 2;
    private static final int CHILD_CREATION = 3;
    private static final int IKE_REPLACEMENT = 4;
    private static final long MAX_MESSAGE_ID = RequestWindow.MAX_MESSAGE_ID;

    private ExchangeSnapshot() {}

    static void datagrams(SnapshotWriter out, List<byte[]> datagrams) {
        out.list(datagrams, out::bytes);
    }

    static List<byte[]> datagrams(SnapshotReader in) throws SnapshotDamagedException {
        return in.list(in::bytes);
    }

    /** The id after the last one is one more than fits 32 bits. */
    static long messageId(SnapshotReader in) throws SnapshotDamagedException {
        long id = in.i64();
        if (id < 0 || id > MAX_MESSAGE_ID + 1) {
            throw new SnapshotDamagedException("a message id of " + id);
        }
        return id;
    }

    static void window(SnapshotWriter out, RequestWindow window) {
        switch (window) {
            case Free(long nextMessageId) -> out.i32(FREE).i64(nextMessageId);
            case Waiting(Outstanding request, PendingExchange pending) -> {
                out.i32(WAITING);
                request(out, request);
                pending(out, pending);
            }
        }
    }

    static RequestWindow window(SnapshotReader in, Resumption resumption) throws SnapshotDamagedException {
        return switch (in.i32()) {
            case FREE -> new Free(messageId(in));
            case WAITING -> new Waiting(request(in, resumption), pending(in));
            default -> throw new SnapshotDamagedException("no window of that kind");
        };
    }

    static void request(SnapshotWriter out, Outstanding request) {
        out.i64(request.messageId()).word(request.exchange()).i32(request.transmissions());
        datagrams(out, request.datagrams());
    }

    static Outstanding request(SnapshotReader in, Resumption resumption) throws SnapshotDamagedException {
        long messageId = messageId(in);
        ExchangeType exchange = in.word(ExchangeType.class);
        int transmissions = in.count();
        return new Outstanding(
                messageId,
                exchange,
                datagrams(in),
                resumption.nowNanos(),
                resumption.nowNanos(),
                resumption.timers().retransmitNanos(),
                resumption.nowNanos() + resumption.timers().giveUpNanos(),
                transmissions);
    }

    private static void pending(SnapshotWriter out, PendingExchange pending) {
        switch (pending) {
            case PendingExchange.Notice() -> out.i32(NOTICE);
            case PendingExchange.ChildDelete(List<Integer> spis) ->
                out.i32(CHILD_DELETE).list(spis, out::i32);
            case PendingExchange.IkeDelete() -> out.i32(IKE_DELETE);
            case PendingExchange.ChildCreation(ChildOffer offer, RekeyCollision collision) -> {
                out.i32(CHILD_CREATION);
                childOffer(out, offer);
                collision(out, collision);
            }
            case PendingExchange.IkeReplacement(IkeOffer offer, RekeyCollision collision) -> {
                out.i32(IKE_REPLACEMENT);
                ikeOffer(out, offer);
                collision(out, collision);
            }
        }
    }

    private static PendingExchange pending(SnapshotReader in) throws SnapshotDamagedException {
        return switch (in.i32()) {
            case NOTICE -> new PendingExchange.Notice();
            case CHILD_DELETE -> new PendingExchange.ChildDelete(in.list(in::i32));
            case IKE_DELETE -> new PendingExchange.IkeDelete();
            case CHILD_CREATION -> new PendingExchange.ChildCreation(childOffer(in), collision(in));
            case IKE_REPLACEMENT -> new PendingExchange.IkeReplacement(ikeOffer(in), collision(in));
            default -> throw new SnapshotDamagedException("no exchange of that kind");
        };
    }

    static void childOffer(SnapshotWriter out, ChildOffer offer) {
        out.i32(offer.replaces()).i32(offer.inboundSpi()).bytes(offer.nonce()).i32(offer.tries());
        switch (offer.pfs()) {
            case Pfs.None() -> out.flag(false);
            case Pfs.Fresh(KeyExchange keyExchange) -> keyExchange(out.flag(true), keyExchange);
        }
    }

    static ChildOffer childOffer(SnapshotReader in) throws SnapshotDamagedException {
        int replaces = in.i32();
        int inboundSpi = in.i32();
        byte[] nonce = in.bytes();
        int tries = in.count();
        Pfs pfs = in.flag() ? new Pfs.Fresh(keyExchange(in)) : new Pfs.None();
        return new ChildOffer(replaces, inboundSpi, nonce, pfs, tries);
    }

    static void ikeOffer(SnapshotWriter out, IkeOffer offer) {
        out.i64(offer.localSpi()).bytes(offer.nonce()).i32(offer.tries());
        keyExchange(out, offer.keyExchange());
    }

    static IkeOffer ikeOffer(SnapshotReader in) throws SnapshotDamagedException {
        long localSpi = in.i64();
        byte[] nonce = in.bytes();
        int tries = in.count();
        return new IkeOffer(localSpi, nonce, keyExchange(in), tries);
    }

    private static void keyExchange(SnapshotWriter out, KeyExchange keyExchange) {
        SecretBytes key = keyExchange.privateValue();
        out.word(keyExchange.method()).secret(key);
        key.destroy();
    }

    private static KeyExchange keyExchange(SnapshotReader in) throws SnapshotDamagedException {
        KeyExchangeMethod method = in.word(KeyExchangeMethod.class);
        SecretBytes key = in.secret();
        KeyExchange restored = KeyExchange.restore(method, key)
                .orElseThrow(() -> new SnapshotDamagedException("no private key of " + method));
        key.destroy();
        return restored;
    }

    private static void collision(SnapshotWriter out, RekeyCollision collision) {
        switch (collision) {
            case RekeyCollision.None() -> out.flag(false);
            case RekeyCollision.WithPeers(long newSpi, List<byte[]> nonces) ->
                datagrams(out.flag(true).i64(newSpi), nonces);
        }
    }

    private static RekeyCollision collision(SnapshotReader in) throws SnapshotDamagedException {
        return in.flag() ? new RekeyCollision.WithPeers(in.i64(), nonces(in)) : new RekeyCollision.None();
    }

    /** Two of them, as whoever compares them needs at least one. */
    static List<byte[]> nonces(SnapshotReader in) throws SnapshotDamagedException {
        List<byte[]> nonces = datagrams(in);
        if (nonces.size() != 2) {
            throw new SnapshotDamagedException(nonces.size() + " nonces");
        }
        return nonces;
    }

    static void task(SnapshotWriter out, Task task) {
        switch (task) {
            case Task.CheckLiveness() -> out.text("CheckLiveness");
            case Task.CreateChild() -> out.text("CreateChild");
            case Task.RekeyChild(int inboundSpi) -> out.text("RekeyChild").i32(inboundSpi);
            case Task.DeleteChild(int inboundSpi) -> out.text("DeleteChild").i32(inboundSpi);
            case Task.DisownChild(int inboundSpi) -> out.text("DisownChild").i32(inboundSpi);
            case Task.RekeyIke() -> out.text("RekeyIke");
            case Task.DeleteIke() -> out.text("DeleteIke");
            case Task.RefuseAuthentication() -> out.text("RefuseAuthentication");
            case Task.TellInvalidSpi(int spi) -> out.text("TellInvalidSpi").i32(spi);
        }
    }

    static Task task(SnapshotReader in) throws SnapshotDamagedException {
        return switch (in.text()) {
            case "CheckLiveness" -> new Task.CheckLiveness();
            case "CreateChild" -> new Task.CreateChild();
            case "RekeyChild" -> new Task.RekeyChild(in.i32());
            case "DeleteChild" -> new Task.DeleteChild(in.i32());
            case "DisownChild" -> new Task.DisownChild(in.i32());
            case "RekeyIke" -> new Task.RekeyIke();
            case "DeleteIke" -> new Task.DeleteIke();
            case "RefuseAuthentication" -> new Task.RefuseAuthentication();
            case "TellInvalidSpi" -> new Task.TellInvalidSpi(in.i32());
            default -> throw new SnapshotDamagedException("no task of that name");
        };
    }
}
