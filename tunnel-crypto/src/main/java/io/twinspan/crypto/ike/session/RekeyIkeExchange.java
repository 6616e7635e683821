package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeMessage;
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
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeReport.NegotiationFailed;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.IkeSa.Established.Stage;
import io.twinspan.crypto.ike.session.PendingExchange.IkeReplacement;
import io.twinspan.crypto.kdf.IkeKeyMaterial;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.List;
import java.util.Optional;

/** CREATE_CHILD_SA that replaces the IKE SA, as initiator (RFC 7296 sections 1.3.2, 2.8, 2.18). */
final class RekeyIkeExchange {
    private final Turn turn;
    private final IkeHandover handover;
    private final Continuity continuity;

    RekeyIkeExchange(Turn turn) {
        this.turn = turn;
        this.handover = new IkeHandover(turn);
        this.continuity = new Continuity(turn);
    }

    /** Sends a request; the window is free. */
    void begin(Established sa) {
        KeyExchangeMethod current = sa.core().suite().keyExchange();
        request(sa, groups().contains(current) ? current : groups().getFirst(), 1);
    }

    private void request(Established sa, KeyExchangeMethod group, int tries) {
        IkeOffer offer = new IkeOffer(
                turn.freshIkeSpi(),
                Nonces.fresh(turn.entropy()),
                io.twinspan.crypto.kex.KeyExchange.generate(group, turn.entropy()),
                tries);
        new Messenger(turn)
                .request(
                        sa.localSpi(),
                        ExchangeType.CREATE_CHILD_SA,
                        List.of(
                                new SecurityAssociation(offered(offer)),
                                new Nonce(offer.nonce()),
                                new KeyExchange(
                                        group.transformId(), offer.keyExchange().publicValue())),
                        new IkeReplacement(offer, new RekeyCollision.None()));
    }

    /** The response is in; the window is free again. */
    void responded(Established sa, IkeReplacement pending, IkeMessage message) {
        Optional<RuleViolation> broken = MessageRules.check(ExchangeType.CREATE_CHILD_SA, true, message.payloads());
        if (broken.isPresent()) {
            turn.misbehaved(IkeMisbehaviour.PAYLOAD_RULE_BROKEN, broken.get().label());
            failed(sa, pending, "IKE rekey response: " + broken.get().label());
            return;
        }
        if (message.first(SecurityAssociation.class).isEmpty()) {
            refused(sa, pending, message.firstError().orElseGet(() -> new Notify(NotifyType.INVALID_SYNTAX)));
            return;
        }
        accept(sa, pending, message);
    }

    private void accept(Established sa, IkeReplacement pending, IkeMessage message) {
        IkeOffer offer = pending.offer();
        List<Proposal> answer =
                message.first(SecurityAssociation.class).orElseThrow().proposals();
        Optional<KeyExchange> theirs = message.first(KeyExchange.class);
        byte[] nonce = Nonces.of(message);
        if (!(ProposalSelection.verifyIke(turn.policy().ikeProposals(), Octets.ofLong(offer.localSpi()), answer)
                        instanceof IkeSelection.Chosen chosen)
                || chosen.peerSpi() == 0
                || theirs.isEmpty()
                || chosen.suite().keyExchange() != offer.keyExchange().method()
                || theirs.get().method() != chosen.suite().keyExchange().transformId()) {
            turn.misbehaved(IkeMisbehaviour.PROPOSAL_NOT_OFFERED, "IKE rekey response chooses what was not offered");
            continuity.abandon(sa.localSpi(), DownCause.NEGOTIATION_FAILED, "the peer's IKE rekey breaks the rules");
            return;
        }
        if (!Nonces.isGood(nonce, chosen.suite().pseudorandomFunction())) {
            turn.misbehaved(IkeMisbehaviour.INVALID_NONCE, "Nr of " + nonce.length + " octets");
            continuity.abandon(sa.localSpi(), DownCause.NEGOTIATION_FAILED, "the peer's IKE rekey has a bad nonce");
            return;
        }
        Optional<SecretBytes> shared =
                offer.keyExchange().agree(theirs.get().data().toArray());
        if (shared.isEmpty()) {
            turn.misbehaved(IkeMisbehaviour.INVALID_KEY_EXCHANGE_DATA, "in an IKE rekey response");
            continuity.abandon(sa.localSpi(), DownCause.NEGOTIATION_FAILED, "key exchange data fails its tests");
            return;
        }
        SaCore core = core(sa, offer, chosen, shared.get(), nonce);
        shared.get().destroy();
        finish(sa, pending, core);
    }

    private SaCore core(Established sa, IkeOffer offer, IkeSelection.Chosen chosen, SecretBytes shared, byte[] nonceR) {
        IkeKeyMaterial keys = IkeKeyMaterial.rekeyed(
                chosen.suite(),
                sa.core().suite().pseudorandomFunction(),
                sa.core().keys().skD(),
                shared,
                offer.nonce(),
                nonceR,
                offer.localSpi(),
                chosen.peerSpi());
        return SaCore.of(
                offer.localSpi(),
                chosen.peerSpi(),
                true,
                chosen.suite(),
                keys,
                List.of(offer.nonce(), nonceR),
                sa.core().fragmentation(),
                turn.now(),
                turn.entropy());
    }

    private void finish(Established sa, IkeReplacement pending, SaCore core) {
        SaPath path = turn.established(sa.localSpi()).orElse(sa).path();
        handover.add(core, path, Stage.CANDIDATE);
        if (pending.collision() instanceof RekeyCollision.WithPeers(long peers, List<byte[]> nonces)
                && turn.established(peers).isPresent()) {
            // RFC 7296 section 2.8.2: as with child SAs, the lowest of the four nonces decides.
            if (RekeyCollision.firstLoses(core.nonces(), nonces)) {
                handover.complete(sa.localSpi(), peers, false);
                continuity.deleteReplaced(core.localSpi());
                return;
            }
            turn.update(
                    peers,
                    live -> live.in(Stage.REPLACED, turn.now() + turn.timers().giveUpNanos()));
        }
        handover.complete(sa.localSpi(), core.localSpi(), true);
    }

    private void refused(Established sa, IkeReplacement pending, Notify error) {
        if (error.is(NotifyType.INVALID_KE_PAYLOAD) && pending.collision() instanceof RekeyCollision.None) {
            Optional<KeyExchangeMethod> wanted = KeNotify.wanted(error);
            int tries = pending.offer().tries();
            if (wanted.isPresent()
                    && groups().contains(wanted.get())
                    && wanted.get() != pending.offer().keyExchange().method()
                    && tries < CreateChildExchange.MAX_TRIES) {
                turn.established(sa.localSpi()).ifPresent(live -> request(live, wanted.get(), tries + 1));
                return;
            }
        }
        failed(sa, pending, "the peer answers an IKE rekey with " + error.label());
    }

    private void failed(Established sa, IkeReplacement pending, String detail) {
        turn.report(new NegotiationFailed(pending.label(), detail));
        if (pending.collision() instanceof RekeyCollision.WithPeers(long peers, List<byte[]> _)
                && turn.established(peers).isPresent()) {
            handover.complete(sa.localSpi(), peers, false);
            return;
        }
        long retryNanos = new Lifetimes(turn).retryNanos();
        if (turn.facts().patience().isOver(turn.now())) {
            turn.set(turn.facts().with(Patience.fresh()));
            continuity.abandon(sa.localSpi(), DownCause.NEGOTIATION_FAILED, "refused for minutes: " + detail);
        } else {
            turn.update(sa.localSpi(), live -> live.with(live.clock().rekeyAt(retryNanos)));
        }
    }

    private List<Proposal> offered(IkeOffer offer) {
        return WireProposals.offerIke(turn.policy().ikeProposals(), Octets.ofLong(offer.localSpi()));
    }

    private List<KeyExchangeMethod> groups() {
        return ProposalSelection.ikeKeyExchangeMethods(turn.policy().ikeProposals());
    }
}
