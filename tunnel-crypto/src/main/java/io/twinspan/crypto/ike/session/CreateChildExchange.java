package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.IkePayload.KeyExchange;
import io.twinspan.crypto.ike.message.IkePayload.Nonce;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.IkePayload.SecurityAssociation;
import io.twinspan.crypto.ike.message.MessageRules;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.ProposalSelection;
import io.twinspan.crypto.ike.message.RuleViolation;
import io.twinspan.crypto.ike.message.WireProposals.ChildOccasion;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeReport.NegotiationFailed;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.PendingExchange.ChildCreation;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CREATE_CHILD_SA for a child SA, new or as a rekey, as initiator (RFC 7296 sections 1.3.1, 1.3.3, 2.8). */
final class CreateChildExchange {
    /** Requests of one creation: other groups asked for again and again end here. */
    static final int MAX_TRIES = 4;

    /** When outbound traffic moves to a child SA that the peer made, if nothing tells us earlier that it may. */
    static final long SWITCH_NANOS = 10_000_000_000L;

    private final Turn turn;
    private final ChildInstaller installer;
    private final Continuity continuity;

    CreateChildExchange(Turn turn) {
        this.turn = turn;
        this.installer = new ChildInstaller(turn);
        this.continuity = new Continuity(turn);
    }

    /**
     * Sends a request; the window is free.
     *
     * @param replaces inbound SPI of the child SA to be replaced, or {@link ChildOffer#NOTHING}
     */
    void begin(Established sa, int replaces) {
        List<KeyExchangeMethod> groups = groups();
        request(sa, replaces, groups.isEmpty() ? new Pfs.None() : fresh(groups.getFirst()), 1);
    }

    private Pfs fresh(KeyExchangeMethod group) {
        return new Pfs.Fresh(io.twinspan.crypto.kex.KeyExchange.generate(group, turn.entropy()));
    }

    private void request(Established sa, int replaces, Pfs pfs, int tries) {
        ChildOffer offer = new ChildOffer(replaces, turn.freshEspSpi(), Nonces.fresh(turn.entropy()), pfs, tries);
        ChildNegotiation negotiation = new ChildNegotiation(turn, sa.core(), ChildOccasion.CREATE_CHILD_SA);
        List<IkePayload> payloads = new ArrayList<>();
        if (replaces != ChildOffer.NOTHING) {
            // RFC 7296 section 1.3.3: the SPI is the one that we expect in inbound packets.
            payloads.add(Notify.aboutEsp(NotifyType.REKEY_SA, replaces));
        }
        payloads.add(new SecurityAssociation(negotiation.offered(offer.inboundSpi())));
        payloads.add(new Nonce(offer.nonce()));
        if (pfs instanceof Pfs.Fresh(io.twinspan.crypto.kex.KeyExchange ours)) {
            payloads.add(new KeyExchange(ours.method().transformId(), ours.publicValue()));
        }
        payloads.addAll(negotiation.selectorPayloads());
        new Messenger(turn)
                .request(
                        sa.localSpi(),
                        ExchangeType.CREATE_CHILD_SA,
                        payloads,
                        new ChildCreation(offer, new RekeyCollision.None()));
    }

    /** The response is in; the window is free again. */
    void responded(Established sa, ChildCreation pending, IkeMessage message) {
        Optional<RuleViolation> broken = MessageRules.check(ExchangeType.CREATE_CHILD_SA, true, message.payloads());
        if (broken.isPresent()) {
            turn.misbehaved(IkeMisbehaviour.PAYLOAD_RULE_BROKEN, broken.get().label());
            disown(sa, pending.offer());
            failed(
                    sa,
                    pending,
                    DownCause.NEGOTIATION_FAILED,
                    "CREATE_CHILD_SA response: " + broken.get().label());
            return;
        }
        if (message.first(SecurityAssociation.class).isEmpty()) {
            refused(sa, pending, message.firstError().orElseGet(() -> new Notify(NotifyType.INVALID_SYNTAX)));
            return;
        }
        byte[] nonce = Nonces.of(message);
        if (!Nonces.isGood(nonce, sa.core().suite().pseudorandomFunction())) {
            turn.misbehaved(IkeMisbehaviour.INVALID_NONCE, "Nr of " + nonce.length + " octets");
            disown(sa, pending.offer());
            failed(sa, pending, DownCause.NEGOTIATION_FAILED, "CREATE_CHILD_SA response with a bad nonce");
            return;
        }
        ChildNegotiation negotiation = new ChildNegotiation(turn, sa.core(), ChildOccasion.CREATE_CHILD_SA);
        switch (negotiation.accept(pending.offer(), message, pending.offer().nonce(), nonce)) {
            case ChildNegotiation.Outcome.Refused(Notify error, boolean fatal, String detail) -> {
                if (fatal) {
                    continuity.abandon(sa.localSpi(), DownCause.NEGOTIATION_FAILED, detail);
                } else {
                    disown(sa, pending.offer());
                    failed(sa, pending, AuthExchange.causeOf(error), detail);
                }
            }
            case ChildNegotiation.Outcome.Agreed(ChildAgreement agreed, List<IkePayload> _) ->
                agreed(sa, pending, agreed, nonce);
        }
    }

    private void agreed(Established sa, ChildCreation pending, ChildAgreement agreed, byte[] nonce) {
        turn.set(turn.facts().with(Patience.fresh()));
        installer.install(agreed, sa.path(), sa.localSpi());
        int replaced = pending.offer().replaces();
        if (pending.collision() instanceof RekeyCollision.WithPeers(long newSpi, List<byte[]> nonces)
                && turn.child((int) newSpi).isPresent()) {
            int peers = (int) newSpi;
            // RFC 7296 section 2.8.1: the exchange with the lowest nonce made the redundant SA; its initiator closes
            // it.
            if (RekeyCollision.firstLoses(List.of(pending.offer().nonce(), nonce), nonces)) {
                installer.delete(agreed.inboundSpi());
                peersSurvives(replaced, peers);
                return;
            }
            installer.switchTo(agreed.inboundSpi(), true);
            installer.retire(peers);
        } else {
            installer.switchTo(agreed.inboundSpi(), true);
        }
        if (replaced != ChildOffer.NOTHING) {
            installer.delete(replaced);
        }
    }

    /** The peer's new child SA is the one to use; the peer deletes what it replaced. */
    private void peersSurvives(int replaced, int peers) {
        installer.retire(replaced);
        if (turn.child(replaced).isEmpty()) {
            installer.switchTo(peers, false);
        } else {
            turn.child(peers).ifPresent(child -> turn.put(child.switchBy(turn.now() + SWITCH_NANOS)));
        }
    }

    private void refused(Established sa, ChildCreation pending, Notify error) {
        int replaced = pending.offer().replaces();
        if (error.is(NotifyType.INVALID_KE_PAYLOAD) && retryWithGroup(sa, pending, error)) {
            return;
        }
        if (error.is(NotifyType.CHILD_SA_NOT_FOUND) && replaced != ChildOffer.NOTHING) {
            // RFC 7296 section 2.25.1: the peer has lost it, so there is nothing to delete; start from scratch.
            turn.report(new NegotiationFailed(pending.label(), "the peer does not know the child SA"));
            turn.blame(DownCause.PEER_DELETED, "the peer does not know the child SA");
            if (!survivedByPeers(pending)) {
                installer.release(replaced, true);
                createIfNone(sa);
            }
            return;
        }
        String detail = "the peer answers " + pending.label() + " with " + error.label();
        if (error.is(NotifyType.NO_ADDITIONAL_SAS)
                && replaced == ChildOffer.NOTHING
                && turn.sendingChild().isEmpty()
                && !survivedByPeers(pending)) {
            // RFC 7296 section 1.3: this IKE SA will never have another child SA, so it takes a new one to get traffic.
            turn.report(new NegotiationFailed(pending.label(), detail));
            continuity.abandon(sa.localSpi(), DownCause.NEGOTIATION_FAILED, detail);
            return;
        }
        failed(sa, pending, AuthExchange.causeOf(error), detail);
    }

    private boolean retryWithGroup(Established sa, ChildCreation pending, Notify error) {
        Optional<KeyExchangeMethod> wanted = KeNotify.wanted(error);
        boolean same = pending.offer().pfs() instanceof Pfs.Fresh(io.twinspan.crypto.kex.KeyExchange ours)
                && wanted.filter(method -> method == ours.method()).isPresent();
        if (wanted.isEmpty()
                || same
                || !groups().contains(wanted.get())
                || pending.offer().tries() >= MAX_TRIES
                || pending.collision() instanceof RekeyCollision.WithPeers) {
            return false;
        }
        turn.established(sa.localSpi())
                .ifPresent(live -> request(
                        live,
                        pending.offer().replaces(),
                        fresh(wanted.get()),
                        pending.offer().tries() + 1));
        return true;
    }

    private void failed(Established sa, ChildCreation pending, DownCause cause, String detail) {
        turn.report(new NegotiationFailed(pending.label(), detail));
        if (survivedByPeers(pending)) {
            return;
        }
        turn.blame(cause, detail);
        long retryNanos = new Lifetimes(turn).retryNanos();
        if (turn.facts().patience().isOver(turn.now())) {
            turn.set(turn.facts().with(Patience.fresh()));
            continuity.abandon(sa.localSpi(), cause, "refused for minutes: " + detail);
            return;
        }
        Optional<ChildSa> replaced = turn.child(pending.offer().replaces());
        if (replaced.isPresent()) {
            turn.put(replaced.get().rekeyAt(retryNanos));
        } else if (pending.offer().replaces() != ChildOffer.NOTHING) {
            createIfNone(sa);
        } else if (turn.sendingChild().isEmpty() && cause != DownCause.NEGOTIATION_FAILED) {
            continuity.abandon(sa.localSpi(), cause, detail);
        }
    }

    /** RFC 7296 section 2.8.1: of two crossing rekeys one may fail; then the other one carries on. */
    private boolean survivedByPeers(ChildCreation pending) {
        if (pending.collision() instanceof RekeyCollision.WithPeers(long newSpi, List<byte[]> _)
                && turn.child((int) newSpi).isPresent()) {
            peersSurvives(pending.offer().replaces(), (int) newSpi);
            return true;
        }
        return false;
    }

    private void createIfNone(Established sa) {
        if (turn.children().stream().noneMatch(ChildSa::isActive)) {
            turn.update(sa.localSpi(), live -> live.wanting(new Task.CreateChild()));
        }
    }

    /** The peer believes in a child SA that we do not want. */
    private void disown(Established sa, ChildOffer offer) {
        turn.update(sa.localSpi(), live -> live.wanting(new Task.DisownChild(offer.inboundSpi())));
    }

    private List<KeyExchangeMethod> groups() {
        return ProposalSelection.espKeyExchangeMethods(turn.policy().espProposals());
    }
}
