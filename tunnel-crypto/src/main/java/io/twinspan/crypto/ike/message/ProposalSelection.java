package io.twinspan.crypto.ike.message;

import io.twinspan.crypto.ike.message.OfferedTransforms.Match;
import io.twinspan.crypto.ike.message.WireProposals.ChildOccasion;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.IkeSuite;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses among offered proposals as responder, and checks the choice of a responder as initiator (RFC 7296 sections 2.7
 * and 3.3.6).
 *
 * <p>Our preference decides, not the order of the offer. A proposal with a transform type we do not understand is passed
 * over, and so is a transform with an attribute we do not understand. No suite without integrity can come out, because
 * {@link IkeSuite} and {@link EspSuite} cannot express one.
 */
public final class ProposalSelection {
    private static final int MAX_RESERVED_SPI = 255;

    private ProposalSelection() {}

    /** Outcome for an IKE SA. */
    public sealed interface IkeSelection {
        /**
         * A suite both sides want.
         *
         * @param answer the proposal to answer with; when checking an answer, of no use
         * @param peerSpi the SPI in the peer's proposal, 0 in IKE_SA_INIT where it is in the header
         */
        record Chosen(IkeSuite suite, Proposal answer, long peerSpi) implements IkeSelection {}

        /** Nothing acceptable: NO_PROPOSAL_CHOSEN as responder, a broken answer as initiator. */
        record NoneAcceptable() implements IkeSelection {}
    }

    /** Outcome for a child SA. */
    public sealed interface EspSelection {
        /**
         * A suite both sides want.
         *
         * @param answer the proposal to answer with; when checking an answer, of no use
         * @param peerSpi the peer's inbound SPI, 256 or above as an unsigned number
         */
        record Chosen(EspSuite suite, Proposal answer, int peerSpi) implements EspSelection {
            /** The key exchange that must accompany the proposal, or none: no PFS. */
            public Optional<KeyExchangeMethod> keyExchange() {
                return answer.ofType(TransformType.KEY_EXCHANGE).stream()
                        .flatMap(transform -> keyExchangeOf(transform.id()).stream())
                        .findFirst();
            }
        }

        /** Nothing acceptable: NO_PROPOSAL_CHOSEN as responder, a broken answer as initiator. */
        record NoneAcceptable() implements EspSelection {}
    }

    /**
     * As responder: the first of our proposals that some offered one satisfies.
     *
     * @param ourSpi goes into the answer: empty in IKE_SA_INIT, eight octets when rekeying; the offer must have as many
     */
    public static IkeSelection chooseIke(List<IkeProposal> policy, List<Proposal> offered, Octets ourSpi) {
        for (IkeProposal ours : policy) {
            for (Proposal theirs : offered) {
                if (isIke(theirs, ourSpi.length())) {
                    Optional<Match<IkeSuite>> match = new OfferedTransforms(theirs).matchIke(ours);
                    if (match.isPresent()) {
                        return new IkeSelection.Chosen(
                                match.get().suite(),
                                match.get().answerTo(theirs, ourSpi),
                                theirs.spi().toUnsignedLong());
                    }
                }
            }
        }
        return new IkeSelection.NoneAcceptable();
    }

    /**
     * As responder: the first of our proposals that some offered one satisfies.
     *
     * @param ourSpi our inbound SPI, for the answer
     */
    public static EspSelection chooseEsp(
            List<EspProposal> policy, List<Proposal> offered, int ourSpi, ChildOccasion occasion) {
        for (EspProposal ours : policy) {
            for (Proposal theirs : offered) {
                if (isEsp(theirs)) {
                    Optional<Match<EspSuite>> match = new OfferedTransforms(theirs).matchEsp(ours, occasion);
                    if (match.isPresent()) {
                        return new EspSelection.Chosen(
                                match.get().suite(), match.get().answerTo(theirs, Octets.ofInt(ourSpi)), (int)
                                        theirs.spi().toUnsignedLong());
                    }
                }
            }
        }
        return new EspSelection.NoneAcceptable();
    }

    /**
     * As initiator: the suite of the responder's answer, if it is one that we offered.
     *
     * @param policy what {@link WireProposals#offerIke} made the request of
     * @param ourSpi as it was in the offer
     */
    public static IkeSelection verifyIke(List<IkeProposal> policy, Octets ourSpi, List<Proposal> answer) {
        List<Proposal> offered = WireProposals.offerIke(policy, ourSpi);
        int index = indexOfAccepted(offered, answer);
        return index < 0 ? new IkeSelection.NoneAcceptable() : chooseIke(List.of(policy.get(index)), answer, ourSpi);
    }

    /**
     * As initiator: the suite of the responder's answer, if it is one that we offered.
     *
     * @param policy what {@link WireProposals#offerEsp} made the request of
     */
    public static EspSelection verifyEsp(List<EspProposal> policy, ChildOccasion occasion, List<Proposal> answer) {
        List<Proposal> offered = WireProposals.offerEsp(policy, MAX_RESERVED_SPI + 1, occasion);
        int index = indexOfAccepted(offered, answer);
        return index < 0
                ? new EspSelection.NoneAcceptable()
                : chooseEsp(List.of(policy.get(index)), answer, MAX_RESERVED_SPI + 1, occasion);
    }

    /**
     * All key exchange methods of a policy, most wanted first. As responder, the first one that the offer has too is what
     * INVALID_KE_PAYLOAD names; as initiator, only these may be asked of us by it (RFC 7296 section 1.2).
     */
    public static List<KeyExchangeMethod> ikeKeyExchangeMethods(List<IkeProposal> policy) {
        Set<KeyExchangeMethod> methods = new LinkedHashSet<>();
        policy.forEach(proposal -> methods.addAll(proposal.keyExchange()));
        return List.copyOf(methods);
    }

    /** The same for the PFS of child SAs; empty where no proposal has PFS. */
    public static List<KeyExchangeMethod> espKeyExchangeMethods(List<EspProposal> policy) {
        Set<KeyExchangeMethod> methods = new LinkedHashSet<>();
        policy.forEach(proposal -> methods.addAll(proposal.keyExchange()));
        return List.copyOf(methods);
    }

    /** The method with an IANA number, if it is one of ours; for KE payloads and INVALID_KE_PAYLOAD data. */
    public static Optional<KeyExchangeMethod> keyExchangeOf(int number) {
        for (KeyExchangeMethod method : KeyExchangeMethod.values()) {
            if (method.transformId() == number) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** Index of the offered proposal that the answer takes, or -1. */
    private static int indexOfAccepted(List<Proposal> offered, List<Proposal> answer) {
        // RFC 7296 section 2.7: one proposal, of the offer, with exactly one transform of each offered type.
        if (answer.size() != 1) {
            return -1;
        }
        Proposal chosen = answer.getFirst();
        int index = chosen.number() - 1;
        if (index < 0 || index >= offered.size()) {
            return -1;
        }
        List<Transform> ours = offered.get(index).transforms();
        List<Transform> theirs = chosen.transforms().stream()
                .filter(transform -> !transform.equals(OfferedTransforms.NO_INTEGRITY))
                .toList();
        boolean oneOfEach =
                types(theirs).size() == theirs.size() && types(theirs).equals(types(ours));
        return oneOfEach && ours.containsAll(theirs) ? index : -1;
    }

    private static Set<Integer> types(List<Transform> transforms) {
        Set<Integer> types = new LinkedHashSet<>();
        transforms.forEach(transform -> types.add(transform.type()));
        return types;
    }

    private static boolean isIke(Proposal proposal, int spiBytes) {
        return proposal.protocolId() == SecurityProtocol.IKE
                && proposal.spi().length() == spiBytes
                && (spiBytes == 0 || (spiBytes == Long.BYTES && proposal.spi().toUnsignedLong() != 0));
    }

    private static boolean isEsp(Proposal proposal) {
        // RFC 4303 section 2.1: SPIs 0 to 255 are never an SA's.
        return proposal.protocolId() == SecurityProtocol.ESP
                && proposal.spi().length() == Integer.BYTES
                && proposal.spi().toUnsignedLong() > MAX_RESERVED_SPI;
    }
}
