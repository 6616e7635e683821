package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.protect.SkPayload;
import io.twinspan.crypto.ike.session.IkeSa.AwaitingAuth;
import io.twinspan.crypto.ike.session.IkeSa.AwaitingSaInit;
import io.twinspan.crypto.ike.session.IkeSa.Closed;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.IkeSa.HalfOpen;
import io.twinspan.crypto.kdf.IkeKeyMaterial;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IkeSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.time.Deadline;
import java.util.List;

/** IKE SAs in a snapshot. Fragments of messages that are not complete are not kept: who sent them sends them again. */
final class IkeSaSnapshot {
    private static final int AWAITING_SA_INIT = 0;
    private static final int AWAITING_AUTH = 1;
    private static final int HALF_OPEN = 2;
    private static final int ESTABLISHED = 3;
    private static final int CLOSED = 4;

    private IkeSaSnapshot() {}

    /** False for an attempt that was refused already: it is begun anew. */
    static boolean isKept(IkeSa sa) {
        return !(sa instanceof AwaitingSaInit init && init.refusal() instanceof Refusal.Heard);
    }

    static void write(SnapshotWriter out, IkeSa sa) {
        switch (sa) {
            case AwaitingSaInit init -> {
                out.i32(AWAITING_SA_INIT);
                ExchangeSnapshot.ikeOffer(out, init.offer());
                out.bytes(init.cookie()).bytes(init.message());
                path(out, init.path());
                ExchangeSnapshot.request(out, init.request());
                out.instant(init.createdNanos());
            }
            case AwaitingAuth auth -> {
                core(out.i32(AWAITING_AUTH), auth.core());
                path(out, auth.path());
                messages(out, auth.messages());
                ExchangeSnapshot.request(out, auth.request());
                ExchangeSnapshot.childOffer(out, auth.child());
            }
            case HalfOpen half -> {
                core(out.i32(HALF_OPEN), half.core());
                path(out, half.path());
                messages(out, half.messages());
                out.instant(half.expireNanos());
            }
            case Established live -> established(out.i32(ESTABLISHED), live);
            case Closed closed -> {
                out.i32(CLOSED).i64(closed.localSpi()).i64(closed.remoteSpi()).flag(closed.initiator());
                cache(out, closed.cache());
                out.i64(closed.awaitedId()).instant(closed.expireNanos());
            }
        }
    }

    static IkeSa read(SnapshotReader in, Resumption resumption) throws SnapshotDamagedException {
        return switch (in.i32()) {
            case AWAITING_SA_INIT ->
                new AwaitingSaInit(
                        ExchangeSnapshot.ikeOffer(in),
                        in.bytes(),
                        in.bytes(),
                        path(in),
                        ExchangeSnapshot.request(in, resumption),
                        new Refusal.None(),
                        in.instant());
            case AWAITING_AUTH -> {
                SaCore core = core(in, resumption);
                yield new AwaitingAuth(
                        core,
                        path(in),
                        messages(in),
                        ExchangeSnapshot.request(in, resumption),
                        ExchangeSnapshot.childOffer(in),
                        Reassembly.empty(core.fragmentation()));
            }
            case HALF_OPEN -> {
                SaCore core = core(in, resumption);
                yield new HalfOpen(core, path(in), messages(in), in.instant(), Reassembly.empty(core.fragmentation()));
            }
            case ESTABLISHED -> established(in, resumption);
            case CLOSED -> new Closed(in.i64(), in.i64(), in.flag(), cache(in), in.i64(), in.instant());
            default -> throw new SnapshotDamagedException("no IKE SA of that kind");
        };
    }

    private static void established(SnapshotWriter out, Established sa) {
        core(out, sa.core());
        path(out, sa.path());
        ExchangeSnapshot.window(out, sa.window());
        cache(out, sa.cache());
        out.list(sa.tasks(), task -> ExchangeSnapshot.task(out, task));
        SaClock clock = sa.clock();
        out.instant(clock.establishedNanos()).instant(clock.rekeyNanos()).instant(clock.expireNanos());
        out.instant(clock.heardNanos()).instant(clock.sentNanos()).instant(clock.endNanos());
        out.word(sa.stage());
    }

    private static Established established(SnapshotReader in, Resumption resumption) throws SnapshotDamagedException {
        SaCore core = core(in, resumption);
        SaPath path = path(in);
        RequestWindow window = ExchangeSnapshot.window(in, resumption);
        ResponseCache cache = cache(in);
        List<Task> tasks = in.list(() -> ExchangeSnapshot.task(in));
        SaClock clock = new SaClock(in.instant(), in.instant(), in.instant(), in.instant(), in.instant(), in.instant());
        Established.Stage stage = in.word(Established.Stage.class);
        if (window instanceof RequestWindow.Waiting waiting && clock.endNanos() != Deadline.NEVER) {
            window = waiting.with(waiting.request().giveUpBy(clock.endNanos()));
        }
        return new Established(core, path, window, cache, Reassembly.empty(core.fragmentation()), tasks, clock, stage);
    }

    private static void core(SnapshotWriter out, SaCore core) {
        out.i64(core.localSpi()).i64(core.remoteSpi()).flag(core.initiator());
        IkeSuite suite = core.suite();
        out.word(suite.encryption())
                .word(suite.integrity())
                .word(suite.pseudorandomFunction())
                .word(suite.keyExchange());
        IkeKeyMaterial keys = core.keys();
        out.secret(keys.skD()).secret(keys.skAi()).secret(keys.skAr());
        out.secret(keys.skEi()).secret(keys.skEr()).secret(keys.skPi()).secret(keys.skPr());
        // RFC 5282 section 3.1: the next IV is one that no message of this key has had.
        out.i64(core.protection().nextIv());
        ExchangeSnapshot.datagrams(out, core.nonces());
        out.flag(core.fragmentation()).instant(core.createdNanos());
    }

    private static SaCore core(SnapshotReader in, Resumption resumption) throws SnapshotDamagedException {
        long localSpi = in.i64();
        long remoteSpi = in.i64();
        boolean initiator = in.flag();
        IkeSuite suite = suite(in);
        IkeKeyMaterial keys = keys(in, suite);
        SkPayload protection = SkPayload.resumed(
                suite, keys, initiator, in.i64(), resumption.context().entropy());
        return new SaCore(
                localSpi,
                remoteSpi,
                initiator,
                suite,
                keys,
                protection,
                ExchangeSnapshot.nonces(in),
                in.flag(),
                in.instant());
    }

    private static IkeSuite suite(SnapshotReader in) throws SnapshotDamagedException {
        EncryptionAlgorithm encryption = in.word(EncryptionAlgorithm.class);
        IntegrityAlgorithm integrity = in.word(IntegrityAlgorithm.class);
        if (encryption.isAead() != (integrity == IntegrityAlgorithm.NONE)) {
            throw new SnapshotDamagedException("a suite that cannot be");
        }
        return new IkeSuite(
                encryption, integrity, in.word(PseudorandomFunction.class), in.word(KeyExchangeMethod.class));
    }

    private static IkeKeyMaterial keys(SnapshotReader in, IkeSuite suite) throws SnapshotDamagedException {
        int prfBytes = suite.pseudorandomFunction().outputBytes();
        int integrityBytes = suite.integrity().keyBytes();
        int encryptionBytes = suite.encryption().keyBytes() + suite.encryption().saltBytes();
        return new IkeKeyMaterial(
                in.secret(prfBytes),
                in.secret(integrityBytes),
                in.secret(integrityBytes),
                in.secret(encryptionBytes),
                in.secret(encryptionBytes),
                in.secret(prfBytes),
                in.secret(prfBytes));
    }

    private static void path(SnapshotWriter out, SaPath path) {
        out.endpoint(path.local()).endpoint(path.remote());
        out.flag(path.natLocal()).flag(path.natRemote()).flag(path.udpEncapsulated());
    }

    private static SaPath path(SnapshotReader in) throws SnapshotDamagedException {
        return new SaPath(in.endpoint(), in.endpoint(), in.flag(), in.flag(), in.flag());
    }

    private static void messages(SnapshotWriter out, InitMessages messages) {
        out.bytes(messages.request()).bytes(messages.response());
    }

    private static InitMessages messages(SnapshotReader in) throws SnapshotDamagedException {
        return new InitMessages(in.bytes(), in.bytes());
    }

    private static void cache(SnapshotWriter out, ResponseCache cache) {
        out.i64(cache.expectedId());
        ExchangeSnapshot.datagrams(out, cache.request());
        ExchangeSnapshot.datagrams(out, cache.response());
    }

    private static ResponseCache cache(SnapshotReader in) throws SnapshotDamagedException {
        return new ResponseCache(
                ExchangeSnapshot.messageId(in), ExchangeSnapshot.datagrams(in), ExchangeSnapshot.datagrams(in));
    }
}
