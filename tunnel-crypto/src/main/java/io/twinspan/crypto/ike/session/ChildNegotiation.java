package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.IkePayload.KeyExchange;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.IkePayload.SecurityAssociation;
import io.twinspan.crypto.ike.message.IkePayload.TrafficSelectorsInitiator;
import io.twinspan.crypto.ike.message.IkePayload.TrafficSelectorsResponder;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.Proposal;
import io.twinspan.crypto.ike.message.ProposalSelection;
import io.twinspan.crypto.ike.message.ProposalSelection.EspSelection;
import io.twinspan.crypto.ike.message.WireProposals;
import io.twinspan.crypto.ike.message.WireProposals.ChildOccasion;
import io.twinspan.crypto.kdf.ChildKeyMaterial;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What both sides must agree on for a child SA: proposal, key exchange, selectors (RFC 7296 sections 1.2, 1.3.1, 2.9). */
final class ChildNegotiation {
    private final Turn turn;
    private final SaCore core;
    private final ChildOccasion occasion;

    ChildNegotiation(Turn turn, SaCore core, ChildOccasion occasion) {
        this.turn = turn;
        this.core = core;
        this.occasion = occasion;
    }

    /** How a negotiation ends. */
    sealed interface Outcome {
        /**
         * Agreed.
         *
         * @param payloads of the answer, as responder: SA, KE where there is one, TSi, TSr
         */
        record Agreed(ChildAgreement child, List<IkePayload> payloads) implements Outcome {}

        /**
         * Not agreed.
         *
         * @param error what to tell the peer, as responder
         * @param fatal the peer broke RFC 6989: the IKE SA must go
         */
        record Refused(Notify error, boolean fatal, String detail) implements Outcome {}
    }

    // initiator

    List<Proposal> offered(int inboundSpi) {
        return WireProposals.offerEsp(turn.policy().espProposals(), inboundSpi, occasion);
    }

    /** TSi and TSr of our request. */
    List<IkePayload> selectorPayloads() {
        return List.of(
                TrafficSelectorsInitiator.of(turn.policy().localSelectors()),
                TrafficSelectorsResponder.of(turn.policy().remoteSelectors()));
    }

    /** As initiator: checks what the responder chose. The rules of presence were checked before. */
    Outcome accept(ChildOffer offer, IkeMessage response, byte[] nonceI, byte[] nonceR) {
        List<Proposal> answer = proposals(response);
        EspSelection selection = ProposalSelection.verifyEsp(turn.policy().espProposals(), occasion, answer);
        if (!(selection instanceof EspSelection.Chosen chosen)) {
            turn.misbehaved(IkeMisbehaviour.PROPOSAL_NOT_OFFERED, "ESP proposal of the answer");
            return refused(NotifyType.NO_PROPOSAL_CHOSEN, "the answer's ESP proposal was not offered");
        }
        List<TrafficSelector> local = initiatorSelectors(response);
        List<TrafficSelector> remote = responderSelectors(response);
        if (!Narrowing.isNarrowed(local, turn.policy().localSelectors())
                || !Narrowing.isNarrowed(remote, turn.policy().remoteSelectors())) {
            turn.misbehaved(IkeMisbehaviour.SELECTORS_NOT_OFFERED, "TSi " + local + " TSr " + remote);
            return refused(NotifyType.TS_UNACCEPTABLE, "the answer's selectors are wider than the offer, or empty");
        }
        Optional<KeyExchangeMethod> method = chosen.keyExchange();
        Optional<KeyExchange> theirs = response.first(KeyExchange.class);
        if (method.isEmpty()) {
            return agreed(
                    chosen.suite(),
                    offer.inboundSpi(),
                    chosen.peerSpi(),
                    without(chosen, nonceI, nonceR),
                    true,
                    local,
                    remote,
                    List.of());
        }
        if (!(offer.pfs() instanceof Pfs.Fresh(io.twinspan.crypto.kex.KeyExchange ours))
                || theirs.isEmpty()
                || ours.method() != method.get()
                || theirs.get().method() != method.get().transformId()) {
            turn.misbehaved(IkeMisbehaviour.PAYLOAD_RULE_BROKEN, "KE payload does not go with the chosen group");
            return refused(NotifyType.INVALID_SYNTAX, "the answer's key exchange is not the one we began");
        }
        Optional<SecretBytes> shared = ours.agree(theirs.get().data().toArray());
        if (shared.isEmpty()) {
            return badKeyExchange();
        }
        ChildKeyMaterial keys = with(chosen, shared.get(), nonceI, nonceR);
        return agreed(chosen.suite(), offer.inboundSpi(), chosen.peerSpi(), keys, true, local, remote, List.of());
    }

    // responder

    /** As responder: answers an offer. The rules of presence were checked before. */
    Outcome answer(IkeMessage request, byte[] nonceI, byte[] nonceR) {
        int inboundSpi = turn.freshEspSpi();
        EspSelection selection =
                ProposalSelection.chooseEsp(turn.policy().espProposals(), proposals(request), inboundSpi, occasion);
        if (!(selection instanceof EspSelection.Chosen chosen)) {
            return refused(
                    NotifyType.NO_PROPOSAL_CHOSEN,
                    new Explanation(turn.policy()).noEspProposal(proposals(request), occasion));
        }
        // RFC 7296 section 2.9: TSi is the initiator's side, which here is the peer's.
        List<TrafficSelector> remote =
                Narrowing.intersect(initiatorSelectors(request), turn.policy().remoteSelectors());
        List<TrafficSelector> local =
                Narrowing.intersect(responderSelectors(request), turn.policy().localSelectors());
        if (remote.isEmpty() || local.isEmpty()) {
            return refused(
                    NotifyType.TS_UNACCEPTABLE,
                    "selectors TSi " + shown(initiatorSelectors(request)) + " TSr " + shown(responderSelectors(request))
                            + " are outside the policy");
        }
        List<IkePayload> payloads = new ArrayList<>();
        payloads.add(new SecurityAssociation(List.of(chosen.answer())));
        ChildKeyMaterial keys;
        Optional<KeyExchangeMethod> method = chosen.keyExchange();
        if (method.isEmpty()) {
            keys = without(chosen, nonceI, nonceR);
        } else {
            Optional<KeyExchange> theirs = request.first(KeyExchange.class);
            if (theirs.isEmpty() || theirs.get().method() != method.get().transformId()) {
                return invalidKe(method.get());
            }
            io.twinspan.crypto.kex.KeyExchange ours =
                    io.twinspan.crypto.kex.KeyExchange.generate(method.get(), turn.entropy());
            Optional<SecretBytes> shared = ours.agree(theirs.get().data().toArray());
            if (shared.isEmpty()) {
                return badKeyExchange();
            }
            keys = with(chosen, shared.get(), nonceI, nonceR);
            payloads.add(new KeyExchange(method.get().transformId(), ours.publicValue()));
        }
        payloads.add(TrafficSelectorsInitiator.of(remote));
        payloads.add(TrafficSelectorsResponder.of(local));
        return agreed(chosen.suite(), inboundSpi, chosen.peerSpi(), keys, false, local, remote, payloads);
    }

    private Outcome agreed(
            EspSuite suite,
            int inboundSpi,
            int outboundSpi,
            ChildKeyMaterial keys,
            boolean weBegan,
            List<TrafficSelector> local,
            List<TrafficSelector> remote,
            List<IkePayload> payloads) {
        EspKeys outbound = weBegan ? keys.initiatorToResponder() : keys.responderToInitiator();
        EspKeys inbound = weBegan ? keys.responderToInitiator() : keys.initiatorToResponder();
        return new Outcome.Agreed(
                new ChildAgreement(inboundSpi, outboundSpi, suite, inbound, outbound, local, remote), payloads);
    }

    private ChildKeyMaterial without(EspSelection.Chosen chosen, byte[] nonceI, byte[] nonceR) {
        return ChildKeyMaterial.withoutPfs(
                chosen.suite(), core.suite().pseudorandomFunction(), core.keys().skD(), nonceI, nonceR);
    }

    private ChildKeyMaterial with(EspSelection.Chosen chosen, SecretBytes shared, byte[] nonceI, byte[] nonceR) {
        ChildKeyMaterial keys = ChildKeyMaterial.withPfs(
                chosen.suite(), core.suite().pseudorandomFunction(), core.keys().skD(), shared, nonceI, nonceR);
        shared.destroy();
        return keys;
    }

    private Outcome invalidKe(KeyExchangeMethod wanted) {
        return new Outcome.Refused(
                KeNotify.naming(wanted), false, "key exchange of another group than " + wanted.label());
    }

    private Outcome badKeyExchange() {
        turn.misbehaved(IkeMisbehaviour.INVALID_KEY_EXCHANGE_DATA, "in CREATE_CHILD_SA");
        // RFC 6989 section 5: INVALID_SYNTAX, and the IKE SA goes.
        return new Outcome.Refused(new Notify(NotifyType.INVALID_SYNTAX), true, "key exchange data fails its tests");
    }

    private static Outcome refused(NotifyType error, String detail) {
        return new Outcome.Refused(new Notify(error), false, detail);
    }

    private static List<Proposal> proposals(IkeMessage message) {
        return message.first(SecurityAssociation.class)
                .map(SecurityAssociation::proposals)
                .orElse(List.of());
    }

    private static List<TrafficSelector> initiatorSelectors(IkeMessage message) {
        return message.first(TrafficSelectorsInitiator.class)
                .map(TrafficSelectorsInitiator::ranges)
                .orElse(List.of());
    }

    private static List<TrafficSelector> responderSelectors(IkeMessage message) {
        return message.first(TrafficSelectorsResponder.class)
                .map(TrafficSelectorsResponder::ranges)
                .orElse(List.of());
    }

    private static String shown(List<TrafficSelector> selectors) {
        return selectors.size() <= MAX_SHOWN
                ? selectors.toString()
                : selectors.subList(0, MAX_SHOWN) + " and " + (selectors.size() - MAX_SHOWN) + " more";
    }

    private static final int MAX_SHOWN = 4;
}
