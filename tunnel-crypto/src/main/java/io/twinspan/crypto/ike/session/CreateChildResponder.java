package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.IkePayload.Nonce;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.IkePayload.SecurityAssociation;
import io.twinspan.crypto.ike.message.MessageRules;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.RuleViolation;
import io.twinspan.crypto.ike.message.SecurityProtocol;
import io.twinspan.crypto.ike.message.WireProposals.ChildOccasion;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeReport.NegotiationFailed;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.IkeSa.Established.Stage;
import io.twinspan.crypto.ike.session.PendingExchange.ChildCreation;
import io.twinspan.crypto.ike.session.PendingExchange.IkeReplacement;
import io.twinspan.crypto.ike.session.RequestWindow.Waiting;
import io.twinspan.crypto.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CREATE_CHILD_SA as responder (RFC 7296 sections 1.3, 2.8, 2.25).
 *
 * <p>A peer that wants one more child SA beside the one there is gets NO_ADDITIONAL_SAS: AWS, and this gateway, keep one
 * pair per tunnel, and two would leave it to chance which one traffic takes.
 */
final class CreateChildResponder {
    private static final String LABEL = "CREATE_CHILD_SA";

    private final Turn turn;
    private final ChildInstaller installer;

    CreateChildResponder(Turn turn) {
        this.turn = turn;
        this.installer = new ChildInstaller(turn);
    }

    Answer answer(Established sa, IkeMessage message) {
        Optional<RuleViolation> broken = MessageRules.check(ExchangeType.CREATE_CHILD_SA, false, message.payloads());
        if (broken.isPresent()) {
            turn.misbehaved(IkeMisbehaviour.PAYLOAD_RULE_BROKEN, broken.get().label());
            return Answer.refusing(NotifyType.INVALID_SYNTAX);
        }
        byte[] nonce = Nonces.of(message);
        if (!Nonces.isGood(nonce, sa.core().suite().pseudorandomFunction())) {
            turn.misbehaved(IkeMisbehaviour.INVALID_NONCE, "Ni of " + nonce.length + " octets");
            return Answer.refusing(NotifyType.INVALID_SYNTAX);
        }
        if (offersIke(message)) {
            return new RekeyIkeResponder(turn).answer(sa, message, nonce);
        }
        // RFC 7296 section 2.25.2: no new child SA on an IKE SA that is being closed or replaced.
        if (sa.stage() == Stage.CLOSING) {
            return Answer.refusing(NotifyType.NO_ADDITIONAL_SAS);
        }
        if (!sa.isActive() || sa.awaits(IkeReplacement.class)) {
            return Answer.refusing(NotifyType.TEMPORARY_FAILURE);
        }
        Optional<Notify> rekey = message.notify(NotifyType.REKEY_SA);
        return rekey.isPresent() ? rekey(sa, message, nonce, rekey.get()) : create(sa, message, nonce);
    }

    private Answer rekey(Established sa, IkeMessage message, byte[] nonce, Notify rekey) {
        if (rekey.protocolId() != SecurityProtocol.ESP || rekey.spi().length() != Integer.BYTES) {
            turn.misbehaved(IkeMisbehaviour.PAYLOAD_RULE_BROKEN, "REKEY_SA for protocol " + rekey.protocolId());
            return Answer.refusing(NotifyType.INVALID_SYNTAX);
        }
        int outboundSpi = (int) rekey.spi().toUnsignedLong();
        Optional<ChildSa> old = turn.childByOutbound(outboundSpi);
        if (old.isEmpty()) {
            turn.report(new NegotiationFailed(LABEL, "the peer rekeys a child SA that does not exist"));
            return Answer.refusing(Notify.aboutEsp(NotifyType.CHILD_SA_NOT_FOUND, outboundSpi));
        }
        // RFC 7296 section 2.25.1: one that is being closed is not rekeyed any more.
        if (!old.get().isActive()) {
            return Answer.refusing(NotifyType.TEMPORARY_FAILURE);
        }
        return negotiate(sa, message, nonce, old.get().inboundSpi());
    }

    private Answer create(Established sa, IkeMessage message, byte[] nonce) {
        if (turn.children().stream().anyMatch(ChildSa::isActive)) {
            turn.report(new NegotiationFailed(LABEL, "the peer wants one more child SA"));
            return Answer.refusing(NotifyType.NO_ADDITIONAL_SAS);
        }
        return negotiate(sa, message, nonce, ChildOffer.NOTHING);
    }

    private Answer negotiate(Established sa, IkeMessage message, byte[] nonceI, int replaces) {
        byte[] nonceR = Nonces.fresh(turn.entropy());
        ChildNegotiation negotiation = new ChildNegotiation(turn, sa.core(), ChildOccasion.CREATE_CHILD_SA);
        return switch (negotiation.answer(message, nonceI, nonceR)) {
            case ChildNegotiation.Outcome.Refused(Notify error, boolean fatal, String detail) -> {
                turn.report(new NegotiationFailed(LABEL, detail));
                yield new Answer(List.of(error), fatal ? () -> drop(sa, detail) : () -> {});
            }
            case ChildNegotiation.Outcome.Agreed(ChildAgreement agreed, List<IkePayload> payloads) -> {
                installer.install(agreed, sa.path(), sa.localSpi());
                placed(sa, agreed.inboundSpi(), replaces, List.of(nonceI, nonceR));
                List<IkePayload> answer = new ArrayList<>(payloads);
                answer.add(1, new Nonce(nonceR));
                yield Answer.of(answer);
            }
        };
    }

    private void placed(Established sa, int inboundSpi, int replaces, List<byte[]> nonces) {
        if (sa.window() instanceof Waiting waiting
                && waiting.pending() instanceof ChildCreation(ChildOffer offer, RekeyCollision _)
                && offer.replaces() == replaces) {
            // RFC 7296 section 2.8.1: both rekey; which one stays is known when our response is in.
            turn.put(sa.with(waiting.with(new ChildCreation(offer, new RekeyCollision.WithPeers(inboundSpi, nonces)))));
            return;
        }
        turn.update(
                sa.localSpi(),
                live -> live.with(live.tasks().stream()
                        .filter(task ->
                                !task.equals(new Task.RekeyChild(replaces)) && !task.equals(new Task.CreateChild()))
                        .toList()));
        if (replaces == ChildOffer.NOTHING) {
            installer.switchTo(inboundSpi, false);
            return;
        }
        // RFC 7296 section 2.8: the peer can open packets of the new SA once it has our response. Until there is a sign
        // of that (its next request, or the DELETE of the old SA), outbound traffic stays where it is.
        installer.retire(replaces);
        turn.child(inboundSpi)
                .ifPresent(child -> turn.put(child.switchBy(turn.now() + CreateChildExchange.SWITCH_NANOS)));
        assert turn.child(inboundSpi).stream().allMatch(child -> child.switchNanos() != Deadline.NEVER);
    }

    /** RFC 6989 section 5: a peer that sends such values does not keep its IKE SA. */
    private void drop(Established sa, String detail) {
        new Continuity(turn).lose(sa.localSpi(), DownCause.NEGOTIATION_FAILED, detail);
    }

    static boolean offersIke(IkeMessage message) {
        return message.first(SecurityAssociation.class)
                .filter(offer -> !offer.proposals().isEmpty()
                        && offer.proposals().getFirst().protocolId() == SecurityProtocol.IKE)
                .isPresent();
    }
}
