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
import io.twinspan.crypto.ike.message.WireProposals;
import io.twinspan.crypto.ike.session.IkeReport.Connecting;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeSa.AwaitingSaInit;
import io.twinspan.crypto.kdf.IkeKeyMaterial;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** IKE_SA_INIT as initiator (RFC 7296 section 1.2), with the retries of sections 2.6 and 2.7. */
final class SaInitExchange {
    /** Requests of one attempt: cookies and other groups asked for again and again end here. */
    static final int MAX_TRIES = 5;

    /** How long a good response may still follow an error notify that anybody can forge (section 2.21.1). */
    static final long REFUSAL_PATIENCE_NANOS = 500_000_000L;

    private static final int MAX_COOKIE_BYTES = 64;
    private static final byte[] NO_COOKIE = {};

    private final Turn turn;

    SaInitExchange(Turn turn) {
        this.turn = turn;
    }

    /** Sends a first IKE_SA_INIT. */
    void begin() {
        turn.set(turn.drive().trying());
        turn.report(new Connecting(turn.drive().attempt()));
        KeyExchangeMethod first = groups().getFirst();
        IkeOffer offer = new IkeOffer(turn.freshIkeSpi(), Nonces.fresh(turn.entropy()), generate(first), 1);
        SaPath path = new SaPath(turn.policy().local(), turn.policy().remote(), false, false, false);
        transmit(offer, NO_COOKIE, path, turn.now());
    }

    /** A datagram that carries our SPI. */
    void receive(AwaitingSaInit sa, IkeHeader header, byte[] datagram, Arrival from) {
        if (!header.isResponse()
                || !header.isExchange(ExchangeType.IKE_SA_INIT)
                || header.messageId() != 0
                || !from.remote().equals(sa.path().remote())) {
            turn.misbehaved(
                    IkeMisbehaviour.UNEXPECTED_RESPONSE, header.label() + " instead of an IKE_SA_INIT response");
            return;
        }
        switch (IkeMessageDecoder.decode(datagram)) {
            case DecodeResult.Malformed(String reason, int _) ->
                turn.misbehaved(IkeMisbehaviour.MALFORMED_PAYLOAD, reason);
            case DecodeResult.UnsupportedCritical(int type, IkeHeader _) ->
                turn.misbehaved(IkeMisbehaviour.UNSUPPORTED_CRITICAL_PAYLOAD, "payload " + type);
            case DecodeResult.UnsupportedVersion(int major, IkeHeader _) ->
                turn.misbehaved(IkeMisbehaviour.UNSUPPORTED_VERSION, "version " + major);
            case DecodeResult.Decoded(IkeMessage message) -> receive(sa, message, datagram);
        }
    }

    private void receive(AwaitingSaInit sa, IkeMessage message, byte[] datagram) {
        if (MessageRules.checkProtection(ExchangeType.IKE_SA_INIT, message.payloads())
                .isPresent()) {
            turn.misbehaved(IkeMisbehaviour.WRONGLY_PROTECTED, message.header().label());
            return;
        }
        Optional<RuleViolation> broken = MessageRules.check(ExchangeType.IKE_SA_INIT, true, message.payloads());
        if (broken.isPresent()) {
            turn.misbehaved(
                    IkeMisbehaviour.PAYLOAD_RULE_BROKEN,
                    message.header().label() + ": " + broken.get().label());
            return;
        }
        if (message.first(SecurityAssociation.class).isPresent()) {
            accept(sa, message, datagram);
            return;
        }
        Optional<Notify> cookie = message.notify(NotifyType.COOKIE);
        if (cookie.isPresent()) {
            repeatWithCookie(sa, cookie.get());
            return;
        }
        message.firstError().ifPresent(error -> refused(sa, error));
    }

    /** RFC 7296 section 2.6: the same message once more, the cookie first. */
    private void repeatWithCookie(AwaitingSaInit sa, Notify cookie) {
        int length = cookie.data().length();
        if (length < 1 || length > MAX_COOKIE_BYTES) {
            turn.misbehaved(IkeMisbehaviour.PAYLOAD_RULE_BROKEN, "COOKIE of " + length + " octets");
            return;
        }
        repeat(sa, sa.offer().keyExchange(), cookie.data().toArray());
    }

    private void repeat(AwaitingSaInit sa, io.twinspan.crypto.kex.KeyExchange keyExchange, byte[] cookie) {
        int tries = sa.offer().tries() + 1;
        if (tries > MAX_TRIES) {
            hear(sa, DownCause.NEGOTIATION_FAILED, "no end of IKE_SA_INIT retries after " + MAX_TRIES);
            return;
        }
        transmit(
                new IkeOffer(sa.offer().localSpi(), sa.offer().nonce(), keyExchange, tries),
                cookie,
                sa.path(),
                sa.createdNanos());
    }

    private void refused(AwaitingSaInit sa, Notify error) {
        if (error.is(NotifyType.INVALID_KE_PAYLOAD)) {
            Optional<KeyExchangeMethod> wanted = KeNotify.wanted(error);
            // RFC 7296 section 1.2: only a group that we offered, and not the one that we have just used.
            if (wanted.isEmpty() || !groups().contains(wanted.get())) {
                turn.misbehaved(IkeMisbehaviour.PROPOSAL_NOT_OFFERED, "INVALID_KE_PAYLOAD for a group not offered");
                hear(sa, DownCause.NO_PROPOSAL_CHOSEN, new Explanation(turn.policy()).groupNotOffered(error));
                return;
            }
            if (wanted.get() == sa.offer().keyExchange().method()) {
                turn.misbehaved(IkeMisbehaviour.PROPOSAL_NOT_OFFERED, "INVALID_KE_PAYLOAD for the group just used");
                return;
            }
            repeat(sa, generate(wanted.get()), sa.cookie());
            return;
        }
        DownCause cause =
                error.is(NotifyType.NO_PROPOSAL_CHOSEN) ? DownCause.NO_PROPOSAL_CHOSEN : DownCause.NEGOTIATION_FAILED;
        hear(sa, cause, new Explanation(turn.policy()).initRefused(error));
    }

    private void hear(AwaitingSaInit sa, DownCause cause, String detail) {
        // RFC 7296 section 2.21.1: the notify may be forged, so a good response may still come for a while.
        if (sa.refusal() instanceof Refusal.None) {
            turn.put(sa.with(
                    sa.request().giveUpBy(turn.now() + REFUSAL_PATIENCE_NANOS), new Refusal.Heard(cause, detail)));
        }
    }

    private void accept(AwaitingSaInit sa, IkeMessage message, byte[] datagram) {
        List<Proposal> answer =
                message.first(SecurityAssociation.class).orElseThrow().proposals();
        KeyExchange theirs = message.first(KeyExchange.class).orElseThrow();
        byte[] nonce = Nonces.of(message);
        if (!(ProposalSelection.verifyIke(turn.policy().ikeProposals(), Octets.EMPTY, answer)
                        instanceof IkeSelection.Chosen chosen)
                || chosen.suite().keyExchange() != sa.offer().keyExchange().method()
                || theirs.method() != chosen.suite().keyExchange().transformId()
                || message.header().responderSpi() == 0) {
            turn.misbehaved(IkeMisbehaviour.PROPOSAL_NOT_OFFERED, "IKE_SA_INIT response chooses what was not offered");
            return;
        }
        if (!Nonces.isGood(nonce, chosen.suite().pseudorandomFunction())) {
            turn.misbehaved(IkeMisbehaviour.INVALID_NONCE, "Nr of " + nonce.length + " octets");
            return;
        }
        if (NatDetection.isImpossible(turn.policy().encapsulation(), message)) {
            hear(sa, DownCause.NEGOTIATION_FAILED, NatDetection.NO_NAT_TRAVERSAL);
            return;
        }
        Optional<SecretBytes> shared =
                sa.offer().keyExchange().agree(theirs.data().toArray());
        if (shared.isEmpty()) {
            turn.misbehaved(IkeMisbehaviour.INVALID_KEY_EXCHANGE_DATA, "in an IKE_SA_INIT response");
            return;
        }
        long spiR = message.header().responderSpi();
        IkeKeyMaterial keys =
                IkeKeyMaterial.first(chosen.suite(), shared.get(), sa.offer().nonce(), nonce, sa.localSpi(), spiR);
        shared.get().destroy();
        SaCore core = SaCore.of(
                sa.localSpi(),
                spiR,
                true,
                chosen.suite(),
                keys,
                List.of(sa.offer().nonce(), nonce),
                message.notify(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED).isPresent(),
                sa.createdNanos(),
                turn.entropy());
        SaPath path = NatDetection.path(
                turn.policy().encapsulation(),
                message,
                sa.path().local(),
                sa.path().remote());
        new ExchangeRecord(turn).ours(sa.request(), IkeReport.Outcome.ANSWERED);
        // RFC 7296 section 2.23: with a NAT in between, everything from here on uses port 4500.
        new AuthExchange(turn)
                .begin(core, path.udpEncapsulated() ? path.floated() : path, new InitMessages(sa.message(), datagram));
    }

    private void transmit(IkeOffer offer, byte[] cookie, SaPath path, long createdNanos) {
        List<IkePayload> payloads = new ArrayList<>();
        if (cookie.length > 0) {
            payloads.add(new Notify(NotifyType.COOKIE, cookie));
        }
        payloads.add(new SecurityAssociation(offered()));
        payloads.add(new KeyExchange(
                offer.keyExchange().method().transformId(), offer.keyExchange().publicValue()));
        payloads.add(new Nonce(offer.nonce()));
        payloads.addAll(
                NatDetection.notifies(turn.policy().encapsulation(), offer.localSpi(), 0, path.local(), path.remote()));
        payloads.add(new Notify(NotifyType.IKEV2_FRAGMENTATION_SUPPORTED));
        IkeHeader header = IkeHeader.request(ExchangeType.IKE_SA_INIT, offer.localSpi(), 0, true, 0);
        byte[] message = new Messenger(turn).plain(header, payloads, new Arrival(path.local(), path.remote()));
        Outstanding request =
                Outstanding.first(0, ExchangeType.IKE_SA_INIT, List.of(message), turn.now(), turn.timers());
        turn.put(new AwaitingSaInit(offer, cookie, message, path, request, new Refusal.None(), createdNanos));
    }

    private List<Proposal> offered() {
        return WireProposals.offerIke(turn.policy().ikeProposals(), Octets.EMPTY);
    }

    private List<KeyExchangeMethod> groups() {
        return ProposalSelection.ikeKeyExchangeMethods(turn.policy().ikeProposals());
    }

    private io.twinspan.crypto.kex.KeyExchange generate(KeyExchangeMethod method) {
        return io.twinspan.crypto.kex.KeyExchange.generate(method, turn.entropy());
    }
}
