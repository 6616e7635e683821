package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.IkePayload.Delete;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.MessageRules;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.RuleViolation;
import io.twinspan.crypto.ike.message.SecurityProtocol;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.IkeSa.Established.Stage;
import io.twinspan.crypto.ike.session.PendingExchange.ChildDelete;
import io.twinspan.crypto.ike.session.RequestWindow.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** INFORMATIONAL: liveness, DELETE and notifies, from the peer's side (RFC 7296 sections 1.4, 2.4, 2.25). */
final class InformationalExchange {
    private final Turn turn;
    private final ChildInstaller installer;
    private final Continuity continuity;

    InformationalExchange(Turn turn) {
        this.turn = turn;
        this.installer = new ChildInstaller(turn);
        this.continuity = new Continuity(turn);
    }

    Answer answer(Established sa, IkeMessage message) {
        Optional<RuleViolation> broken = MessageRules.check(ExchangeType.INFORMATIONAL, false, message.payloads());
        if (broken.isPresent()) {
            turn.misbehaved(IkeMisbehaviour.PAYLOAD_RULE_BROKEN, broken.get().label());
            return Answer.refusing(NotifyType.INVALID_SYNTAX);
        }
        List<Delete> deletes = message.all(Delete.class);
        if (deletes.stream().anyMatch(delete -> delete.protocolId() == SecurityProtocol.IKE)) {
            // RFC 7296 section 1.4.1: an empty answer, and the IKE SA with all its child SAs is gone.
            return new Answer(List.of(), () -> deleted(sa.localSpi()));
        }
        if (message.notify(NotifyType.AUTHENTICATION_FAILED).isPresent()) {
            return new Answer(
                    List.of(),
                    () -> continuity.lose(
                            sa.localSpi(),
                            DownCause.AUTHENTICATION_FAILED,
                            new Explanation(turn.policy()).ourAuthRefused()));
        }
        message.notify(NotifyType.INVALID_SPI).ifPresent(notify -> doubt(sa, notify));
        List<Integer> ours = new ArrayList<>();
        for (Delete delete : deletes) {
            if (delete.protocolId() == SecurityProtocol.ESP) {
                delete.spis().forEach(spi -> deleteChild(sa, spi, ours));
            }
        }
        List<IkePayload> payloads = ours.isEmpty() ? List.of() : List.of(new Delete(SecurityProtocol.ESP, ours));
        return Answer.of(payloads);
    }

    /** The peer deletes one half; the answer names our half, unless we have asked for the same (section 2.25.1). */
    private void deleteChild(Established sa, int outboundSpi, List<Integer> ours) {
        Optional<ChildSa> child = turn.childByOutbound(outboundSpi);
        if (child.isEmpty()) {
            return;
        }
        int inboundSpi = child.get().inboundSpi();
        boolean askedToo = sa.window() instanceof Waiting waiting
                && waiting.pending() instanceof ChildDelete(List<Integer> spis)
                && spis.contains(inboundSpi);
        if (!askedToo) {
            ours.add(inboundSpi);
        }
        turn.blame(DownCause.PEER_DELETED, "the peer deleted the child SA");
        installer.release(inboundSpi, true);
        installer.reviveIfAlone();
    }

    private void deleted(long localSpi) {
        Optional<Established> old = turn.established(localSpi).filter(Established::isActive);
        if (old.isPresent()) {
            // RFC 7296 section 2.25.2: a peer whose own rekey went through deletes the old one; ours is forgotten.
            turn.sas().stream()
                    .filter(sa -> sa instanceof Established next && next.stage() == Stage.CANDIDATE)
                    .findFirst()
                    .ifPresent(next -> new IkeHandover(turn).complete(localSpi, next.localSpi(), false));
        }
        turn.blame(DownCause.PEER_DELETED, "the peer deleted the IKE SA");
        if (turn.established(localSpi).filter(Established::isActive).isPresent()) {
            continuity.takeBack();
        }
        continuity.entomb(localSpi);
    }

    /** RFC 7296 section 1.5: the peer gets ESP with an SPI it does not know; if it is one in use, it is made anew. */
    private void doubt(Established sa, Notify notify) {
        if (notify.data().length() != Integer.BYTES
                || !ReplyLimits.allows(turn.facts().limits().doubtNanos(), turn.now())) {
            return;
        }
        turn.childByOutbound((int) notify.data().toUnsignedLong())
                .filter(child -> child.isActive() && child.sending())
                .ifPresent(child -> {
                    turn.set(turn.facts().with(turn.facts().limits().doubted(turn.now())));
                    turn.update(sa.localSpi(), live -> live.wanting(new Task.RekeyChild(child.inboundSpi())));
                });
    }
}
