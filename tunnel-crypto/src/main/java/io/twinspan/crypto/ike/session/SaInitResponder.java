package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkeMessageDecoder;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.IkePayload.KeyExchange;
import io.twinspan.crypto.ike.message.IkePayload.Nonce;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.IkePayload.SecurityAssociation;
import io.twinspan.crypto.ike.message.MessageRules;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.ike.message.Proposal;
import io.twinspan.crypto.ike.message.ProposalSelection;
import io.twinspan.crypto.ike.message.ProposalSelection.IkeSelection;
import io.twinspan.crypto.ike.message.RuleViolation;
import io.twinspan.crypto.ike.session.IkeReport.NegotiationFailed;
import io.twinspan.crypto.ike.session.IkeSa.HalfOpen;
import io.twinspan.crypto.kdf.IkeKeyMaterial;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.IkeSuite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** IKE_SA_INIT as responder (RFC 7296 sections 1.2, 2.6, 2.7). A request that is refused leaves no state. */
final class SaInitResponder {
    /** Half-open IKE SAs from which on a cookie is wanted; a real peer has one. */
    static final int COOKIE_THRESHOLD = 4;

    /** Half-open IKE SAs at most, cookie or not; the oldest goes. */
    static final int MAX_HALF_OPEN = 16;

    /** How long a peer may take to its IKE_AUTH, whatever our patience with a live one: large groups are slow on small CPUs. */
    static final long HALF_OPEN_NANOS = Duration.ofSeconds(30).toNanos();

    private final Turn turn;
    private final Messenger messenger;

    SaInitResponder(Turn turn) {
        this.turn = turn;
        this.messenger = new Messenger(turn);
    }

    /** A request with responder SPI 0. */
    void receive(IkeHeader header, byte[] datagram, Arrival from) {
        if (header.isResponse()
                || !header.isExchange(ExchangeType.IKE_SA_INIT)
                || header.messageId() != 0
                || header.initiatorSpi() == 0
                || turn.sa(header.initiatorSpi()).isPresent()) {
            turn.misbehaved(IkeMisbehaviour.UNKNOWN_SPI, header.label() + " with responder SPI 0");
            return;
        }
        if (!isPeer(from.remote())) {
            turn.misbehaved(
                    IkeMisbehaviour.UNKNOWN_SPI, "IKE_SA_INIT from " + from.remote() + ", which is not the peer");
            return;
        }
        if (turn.drive().desire() == Drive.Desire.DOWN || isRepeated(header, datagram, from)) {
            return;
        }
        switch (IkeMessageDecoder.decode(datagram)) {
            case DecodeResult.Malformed(String reason, int _) ->
                turn.misbehaved(IkeMisbehaviour.MALFORMED_PAYLOAD, reason);
            case DecodeResult.UnsupportedVersion(int major, IkeHeader _) ->
                turn.misbehaved(IkeMisbehaviour.UNSUPPORTED_VERSION, "version " + major);
            case DecodeResult.UnsupportedCritical(int type, IkeHeader _) -> {
                turn.misbehaved(IkeMisbehaviour.UNSUPPORTED_CRITICAL_PAYLOAD, "payload " + type);
                refuse(header, from, new Notify(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, new byte[] {(byte) type}));
            }
            case DecodeResult.Decoded(IkeMessage message) -> receive(message, datagram, from);
        }
    }

    /** RFC 7296 section 2.1: the same octets get the same answer; an SPI in use gets no second SA. */
    private boolean isRepeated(IkeHeader header, byte[] datagram, Arrival from) {
        for (IkeSa sa : turn.sas()) {
            if (!sa.initiator() && sa.remoteSpi() == header.initiatorSpi()) {
                if (sa instanceof HalfOpen half && Arrays.equals(half.messages().request(), datagram)) {
                    messenger.send(
                            from.local(), from.remote(), List.of(half.messages().response()));
                } else {
                    turn.misbehaved(IkeMisbehaviour.MESSAGE_ID_REUSED, "IKE_SA_INIT for an SPI that is in use");
                }
                return true;
            }
        }
        return false;
    }

    private void receive(IkeMessage message, byte[] datagram, Arrival from) {
        if (MessageRules.checkProtection(ExchangeType.IKE_SA_INIT, message.payloads())
                .isPresent()) {
            turn.misbehaved(IkeMisbehaviour.WRONGLY_PROTECTED, message.header().label());
            return;
        }
        Optional<RuleViolation> broken = MessageRules.check(ExchangeType.IKE_SA_INIT, false, message.payloads());
        if (broken.isPresent()) {
            turn.misbehaved(
                    IkeMisbehaviour.PAYLOAD_RULE_BROKEN,
                    message.header().label() + ": " + broken.get().label());
            return;
        }
        byte[] nonce = Nonces.of(message);
        if (!Nonces.hasGoodLength(nonce)) {
            turn.misbehaved(IkeMisbehaviour.INVALID_NONCE, "Ni of " + nonce.length + " octets");
            return;
        }
        if (halfOpen().size() < COOKIE_THRESHOLD || bringsCookie(message, nonce, from)) {
            choose(message, nonce, datagram, from);
        }
    }

    private boolean bringsCookie(IkeMessage message, byte[] nonce, Arrival from) {
        CookieJar jar = turn.facts().cookies().fresh(turn.entropy(), turn.now());
        turn.set(turn.facts().with(jar));
        IkeHeader header = message.header();
        Optional<Notify> cookie = message.notify(NotifyType.COOKIE);
        if (cookie.isPresent()
                && jar.accepts(cookie.get().data().toArray(), nonce, from.remote(), header.initiatorSpi())) {
            return true;
        }
        // RFC 7296 section 2.6: under load only those who can receive at their address get state.
        turn.misbehaved(IkeMisbehaviour.TOO_MANY_HALF_OPEN, "cookie wanted from " + from.remote());
        refuse(header, from, new Notify(NotifyType.COOKIE, jar.bake(nonce, from.remote(), header.initiatorSpi())));
        return false;
    }

    private void choose(IkeMessage message, byte[] nonce, byte[] datagram, Arrival from) {
        List<Proposal> offered =
                message.first(SecurityAssociation.class).orElseThrow().proposals();
        IkeSelection selection = ProposalSelection.chooseIke(turn.policy().ikeProposals(), offered, Octets.EMPTY);
        if (!(selection instanceof IkeSelection.Chosen chosen)) {
            turn.report(new NegotiationFailed("IKE_SA_INIT", new Explanation(turn.policy()).noIkeProposal(offered)));
            refuse(message.header(), from, new Notify(NotifyType.NO_PROPOSAL_CHOSEN));
            return;
        }
        IkeSuite suite = chosen.suite();
        if (!Nonces.isGood(nonce, suite.pseudorandomFunction())) {
            turn.misbehaved(IkeMisbehaviour.INVALID_NONCE, "Ni is under half the PRF's key");
            return;
        }
        if (NatDetection.isImpossible(turn.policy().encapsulation(), message)) {
            turn.report(new NegotiationFailed("IKE_SA_INIT", NatDetection.NO_NAT_TRAVERSAL));
            refuse(message.header(), from, new Notify(NotifyType.NO_PROPOSAL_CHOSEN));
            return;
        }
        KeyExchange theirs = message.first(KeyExchange.class).orElseThrow();
        if (theirs.method() != suite.keyExchange().transformId()) {
            refuse(message.header(), from, KeNotify.naming(suite.keyExchange()));
            return;
        }
        byte[] publicValue = theirs.data().toArray();
        // RFC 7296 section 2.6: a first message may be forged, so the value is looked at before a key pair is spent on
        // it.
        if (!io.twinspan.crypto.kex.KeyExchange.isPlausible(suite.keyExchange(), publicValue)) {
            turn.misbehaved(IkeMisbehaviour.INVALID_KEY_EXCHANGE_DATA, "in an IKE_SA_INIT request");
            return;
        }
        io.twinspan.crypto.kex.KeyExchange ours =
                io.twinspan.crypto.kex.KeyExchange.generate(suite.keyExchange(), turn.entropy());
        Optional<SecretBytes> shared = ours.agree(publicValue);
        if (shared.isEmpty()) {
            turn.misbehaved(IkeMisbehaviour.INVALID_KEY_EXCHANGE_DATA, "in an IKE_SA_INIT request");
            return;
        }
        open(message, chosen, ours, shared.get(), nonce, datagram, from);
    }

    private void open(
            IkeMessage message,
            IkeSelection.Chosen chosen,
            io.twinspan.crypto.kex.KeyExchange ours,
            SecretBytes shared,
            byte[] nonceI,
            byte[] datagram,
            Arrival from) {
        makeRoom();
        long spiI = message.header().initiatorSpi();
        long spiR = turn.freshIkeSpi();
        byte[] nonceR = Nonces.fresh(turn.entropy());
        IkeKeyMaterial keys = IkeKeyMaterial.first(chosen.suite(), shared, nonceI, nonceR, spiI, spiR);
        shared.destroy();
        boolean fragmentation =
                message.notify(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED).isPresent();
        List<IkePayload> payloads = new ArrayList<>();
        payloads.add(new SecurityAssociation(List.of(chosen.answer())));
        payloads.add(new KeyExchange(ours.method().transformId(), ours.publicValue()));
        payloads.add(new Nonce(nonceR));
        payloads.addAll(NatDetection.notifies(turn.policy().encapsulation(), spiI, spiR, from.local(), from.remote()));
        if (fragmentation) {
            payloads.add(new Notify(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED));
        }
        SaCore core = SaCore.of(
                spiR,
                spiI,
                false,
                chosen.suite(),
                keys,
                List.of(nonceI, nonceR),
                fragmentation,
                turn.now(),
                turn.entropy());
        SaPath path = NatDetection.path(turn.policy().encapsulation(), message, from.local(), from.remote());
        byte[] response = messenger.plain(message.header().toResponse().withResponderSpi(spiR), payloads, from);
        turn.put(new HalfOpen(
                core,
                path,
                new InitMessages(datagram, response),
                turn.now() + HALF_OPEN_NANOS,
                Reassembly.empty(fragmentation)));
        new ExchangeRecord(turn).theirs(ExchangeType.IKE_SA_INIT, false);
    }

    private void makeRoom() {
        List<HalfOpen> half = halfOpen();
        if (half.size() >= MAX_HALF_OPEN) {
            turn.forget(half.getFirst().localSpi());
        }
    }

    /** RFC 7296 section 2.6 and CVE-2023-30570: an answer that makes no SA carries responder SPI 0. */
    private void refuse(IkeHeader request, Arrival from, Notify error) {
        messenger.plain(request.toResponse(), List.of(error), from);
        // RFC 7296 section 2.6: a demand for a cookie is half an exchange, and costs nothing.
        if (error.isError()) {
            new ExchangeRecord(turn).theirs(ExchangeType.IKE_SA_INIT, true);
        }
    }

    private List<HalfOpen> halfOpen() {
        return turn.sas().stream()
                .filter(HalfOpen.class::isInstance)
                .map(HalfOpen.class::cast)
                .toList();
    }

    private boolean isPeer(Endpoint remote) {
        Endpoint configured = turn.policy().remote();
        return configured.address().isAnyLocalAddress() || configured.address().equals(remote.address());
    }
}
