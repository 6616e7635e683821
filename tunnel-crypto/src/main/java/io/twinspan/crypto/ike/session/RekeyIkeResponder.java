package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkePayload.KeyExchange;
import io.twinspan.crypto.ike.message.IkePayload.Nonce;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.IkePayload.SecurityAssociation;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.ike.message.ProposalSelection;
import io.twinspan.crypto.ike.message.ProposalSelection.IkeSelection;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeReport.NegotiationFailed;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.IkeSa.Established.Stage;
import io.twinspan.crypto.ike.session.PendingExchange.ChildCreation;
import io.twinspan.crypto.ike.session.PendingExchange.ChildDelete;
import io.twinspan.crypto.ike.session.PendingExchange.IkeReplacement;
import io.twinspan.crypto.ike.session.RequestWindow.Waiting;
import io.twinspan.crypto.kdf.IkeKeyMaterial;
import io.twinspan.crypto.secret.SecretBytes;
import java.util.List;
import java.util.Optional;

/** CREATE_CHILD_SA that replaces the IKE SA, as responder (RFC 7296 sections 1.3.2, 2.18, 2.25.2). */
final class RekeyIkeResponder {
    private static final String LABEL = "CREATE_CHILD_SA rekey IKE";

    private final Turn turn;
    private final IkeHandover handover;

    RekeyIkeResponder(Turn turn) {
        this.turn = turn;
        this.handover = new IkeHandover(turn);
    }

    Answer answer(Established sa, IkeMessage message, byte[] nonceI) {
        // RFC 7296 section 2.25.2: not while we close it, nor while we make, rekey or close a child SA under it.
        if (!sa.isActive() || sa.awaits(ChildCreation.class) || sa.awaits(ChildDelete.class)) {
            return Answer.refusing(NotifyType.TEMPORARY_FAILURE);
        }
        long newSpi = turn.freshIkeSpi();
        IkeSelection selection = ProposalSelection.chooseIke(
                turn.policy().ikeProposals(),
                message.first(SecurityAssociation.class).orElseThrow().proposals(),
                Octets.ofLong(newSpi));
        if (!(selection instanceof IkeSelection.Chosen chosen)
                || chosen.peerSpi() == 0
                || !Nonces.isGood(nonceI, chosen.suite().pseudorandomFunction())) {
            turn.report(new NegotiationFailed(LABEL, "no IKE proposal of the peer is acceptable"));
            return Answer.refusing(NotifyType.NO_PROPOSAL_CHOSEN);
        }
        KeyExchange theirs = message.first(KeyExchange.class).orElseThrow();
        if (theirs.method() != chosen.suite().keyExchange().transformId()) {
            return Answer.refusing(KeNotify.naming(chosen.suite().keyExchange()));
        }
        io.twinspan.crypto.kex.KeyExchange ours =
                io.twinspan.crypto.kex.KeyExchange.generate(chosen.suite().keyExchange(), turn.entropy());
        Optional<SecretBytes> shared = ours.agree(theirs.data().toArray());
        if (shared.isEmpty()) {
            turn.misbehaved(IkeMisbehaviour.INVALID_KEY_EXCHANGE_DATA, "in an IKE rekey request");
            // RFC 6989 section 5: INVALID_SYNTAX, and the IKE SA goes.
            return new Answer(
                    List.of(new Notify(NotifyType.INVALID_SYNTAX)),
                    () -> new Continuity(turn)
                            .lose(sa.localSpi(), DownCause.NEGOTIATION_FAILED, "key exchange data fails its tests"));
        }
        byte[] nonceR = Nonces.fresh(turn.entropy());
        SaCore core = core(sa, newSpi, chosen, shared.get(), nonceI, nonceR);
        shared.get().destroy();
        handover.add(core, sa.path(), Stage.CANDIDATE);
        boolean crossed = recordCollision(sa, core);
        return new Answer(
                List.of(
                        new SecurityAssociation(List.of(chosen.answer())),
                        new Nonce(nonceR),
                        new KeyExchange(ours.method().transformId(), ours.publicValue())),
                crossed ? () -> {} : () -> handover.complete(sa.localSpi(), newSpi, false));
    }

    private boolean recordCollision(Established sa, SaCore core) {
        if (sa.window() instanceof Waiting waiting
                && waiting.pending() instanceof IkeReplacement(IkeOffer offer, RekeyCollision _)) {
            RekeyCollision collision = new RekeyCollision.WithPeers(core.localSpi(), core.nonces());
            turn.put(sa.with(waiting.with(new IkeReplacement(offer, collision))));
            return true;
        }
        return false;
    }

    private SaCore core(
            Established sa, long newSpi, IkeSelection.Chosen chosen, SecretBytes shared, byte[] nonceI, byte[] nonceR) {
        IkeKeyMaterial keys = IkeKeyMaterial.rekeyed(
                chosen.suite(),
                sa.core().suite().pseudorandomFunction(),
                sa.core().keys().skD(),
                shared,
                nonceI,
                nonceR,
                chosen.peerSpi(),
                newSpi);
        return SaCore.of(
                newSpi,
                chosen.peerSpi(),
                false,
                chosen.suite(),
                keys,
                List.of(nonceI, nonceR),
                sa.core().fragmentation(),
                turn.now(),
                turn.entropy());
    }
}
