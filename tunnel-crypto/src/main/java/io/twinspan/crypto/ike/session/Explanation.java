package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.ike.message.Proposal;
import io.twinspan.crypto.ike.message.ProposalText;
import io.twinspan.crypto.ike.message.WireProposals;
import io.twinspan.crypto.ike.message.WireProposals.ChildOccasion;
import java.util.List;

/** Why two sides do not come together, in words that tell an operator what to compare. No secrets. */
final class Explanation {
    private final IkePolicy policy;

    Explanation(IkePolicy policy) {
        this.policy = policy;
    }

    /** The peer answers IKE_SA_INIT with an error. */
    String initRefused(Notify error) {
        String said = "the peer answers IKE_SA_INIT with " + error.label();
        return error.is(NotifyType.NO_PROPOSAL_CHOSEN) ? said + "; we offer " + ProposalText.of(ikeOffer()) : said;
    }

    /** The peer wants a key exchange that we do not offer. */
    String groupNotOffered(Notify invalidKe) {
        String group = invalidKe.data().length() == Short.BYTES
                ? "group " + invalidKe.data().toUnsignedLong()
                : "no group that can be read";
        return "the peer asks for " + group + "; we offer " + ProposalText.of(ikeOffer());
    }

    /** The peer answers IKE_AUTH with an error, or refuses the child SA in it. */
    String authRefused(Notify error) {
        String said = "the peer answers IKE_AUTH with " + error.label();
        return switch (error.known().orElse(NotifyType.INVALID_SYNTAX)) {
            case AUTHENTICATION_FAILED ->
                said + ": the pre-shared keys differ, or it does not expect " + policy.localIdentity() + " to call "
                        + policy.remoteIdentity();
            case NO_PROPOSAL_CHOSEN -> said + "; we offer " + ProposalText.of(espOffer(ChildOccasion.IKE_AUTH));
            case TS_UNACCEPTABLE, SINGLE_PAIR_REQUIRED ->
                said + "; we offer " + policy.localSelectors() + " on our side and " + policy.remoteSelectors()
                        + " on the peer's";
            default -> said;
        };
    }

    /** As responder: the peer takes our AUTH payload for false. */
    String ourAuthRefused() {
        return "the peer refuses our AUTH payload: the pre-shared keys differ, or it does not expect "
                + policy.localIdentity() + " here";
    }

    /** As responder: the peer calls itself something, and does not pass. */
    String notAuthentic(IkeIdentity claimed) {
        return claimed.equals(policy.remoteIdentity())
                ? "the AUTH payload of " + claimed + " does not prove our pre-shared key: the two sides' keys differ"
                : "the peer calls itself " + claimed + ", but this tunnel's peer is " + policy.remoteIdentity();
    }

    /** As responder: no IKE proposal suits. */
    String noIkeProposal(List<Proposal> offered) {
        return noneOf("IKE", offered, ikeOffer());
    }

    /** As responder: no ESP proposal suits. */
    String noEspProposal(List<Proposal> offered, ChildOccasion occasion) {
        return noneOf("ESP", offered, espOffer(occasion));
    }

    private static String noneOf(String protocol, List<Proposal> offered, List<Proposal> accepted) {
        return "no " + protocol + " proposal of the peer is acceptable: it offers " + ProposalText.of(offered)
                + "; we accept " + ProposalText.of(accepted);
    }

    private List<Proposal> ikeOffer() {
        return WireProposals.offerIke(policy.ikeProposals(), Octets.EMPTY);
    }

    private List<Proposal> espOffer(ChildOccasion occasion) {
        return WireProposals.offerEsp(policy.espProposals(), ChildOffer.NOTHING, occasion);
    }
}
