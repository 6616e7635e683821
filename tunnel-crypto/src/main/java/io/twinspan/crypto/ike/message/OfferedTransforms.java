package io.twinspan.crypto.ike.message;

import io.twinspan.crypto.ike.message.WireProposals.ChildOccasion;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.IkeSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The transforms of one proposal from the peer, matched against what we want (RFC 7296 sections 3.3.2 to 3.3.6).
 *
 * <p>Matching is by whole transform: type, id and attributes equal to what we would send. A missing or wrong key length
 * or an attribute we do not know therefore never matches.
 */
final class OfferedTransforms {
    private static final Set<Integer> IKE_TYPES = Set.of(
            TransformType.ENCRYPTION,
            TransformType.PSEUDORANDOM_FUNCTION,
            TransformType.INTEGRITY,
            TransformType.KEY_EXCHANGE);
    private static final Set<Integer> ESP_TYPES = Set.of(
            TransformType.ENCRYPTION,
            TransformType.INTEGRITY,
            TransformType.KEY_EXCHANGE,
            TransformType.SEQUENCE_NUMBERS);
    static final Transform NO_INTEGRITY = new Transform(TransformType.INTEGRITY, 0);
    private static final Transform NO_KEY_EXCHANGE = new Transform(TransformType.KEY_EXCHANGE, 0);

    private final Proposal proposal;

    OfferedTransforms(Proposal proposal) {
        this.proposal = proposal;
    }

    /** What an IKE proposal of ours and this one have in common. */
    Optional<Match<IkeSuite>> matchIke(IkeProposal ours) {
        if (!hasOnly(IKE_TYPES)) {
            return Optional.empty();
        }
        return match(ours.encryption(), WireProposals::of)
                .flatMap(encryption -> integrityFor(encryption, ours.integrity())
                        .flatMap(integrity -> match(ours.pseudorandomFunctions(), WireProposals::of)
                                .flatMap(prf -> match(ours.keyExchange(), WireProposals::of)
                                        .map(method -> {
                                            List<Transform> answer = new ArrayList<>();
                                            answer.add(WireProposals.of(encryption));
                                            answer.add(WireProposals.of(prf));
                                            answer.addAll(integrityAnswer(integrity));
                                            answer.add(WireProposals.of(method));
                                            return new Match<>(
                                                    new IkeSuite(encryption, integrity, prf, method), answer);
                                        }))));
    }

    /** What an ESP proposal of ours and this one have in common. */
    Optional<Match<EspSuite>> matchEsp(EspProposal ours, ChildOccasion occasion) {
        if (!hasOnly(ESP_TYPES)) {
            return Optional.empty();
        }
        return match(ours.encryption(), WireProposals::of)
                .flatMap(encryption -> integrityFor(encryption, ours.integrity())
                        .flatMap(integrity -> match(ours.sequenceNumbers(), WireProposals::of)
                                .flatMap(numbers -> keyExchangeAnswer(ours.keyExchange(), occasion)
                                        .map(keyExchange -> {
                                            List<Transform> answer = new ArrayList<>();
                                            answer.add(WireProposals.of(encryption));
                                            answer.addAll(integrityAnswer(integrity));
                                            answer.addAll(keyExchange);
                                            answer.add(WireProposals.of(numbers));
                                            return new Match<>(new EspSuite(encryption, integrity, numbers), answer);
                                        }))));
    }

    /** True where each transform is of a type that this protocol has (section 3.3.6). */
    private boolean hasOnly(Set<Integer> types) {
        return proposal.transforms().stream().allMatch(transform -> types.contains(transform.type()));
    }

    private boolean has(Transform transform) {
        return proposal.transforms().contains(transform);
    }

    private <A> Optional<A> match(List<A> wanted, Function<A, Transform> toWire) {
        return wanted.stream().filter(algorithm -> has(toWire.apply(algorithm))).findFirst();
    }

    private Optional<IntegrityAlgorithm> integrityFor(EncryptionAlgorithm encryption, List<IntegrityAlgorithm> wanted) {
        if (!encryption.isAead()) {
            return match(wanted, WireProposals::of);
        }
        // RFC 5282 section 8: with an AEAD cipher, no integrity transform or NONE.
        boolean free = proposal.ofType(TransformType.INTEGRITY).isEmpty() || has(NO_INTEGRITY);
        return free ? Optional.of(IntegrityAlgorithm.NONE) : Optional.empty();
    }

    /** An offered type must appear in the answer, so NONE is answered where NONE was offered. */
    private List<Transform> integrityAnswer(IntegrityAlgorithm chosen) {
        if (chosen != IntegrityAlgorithm.NONE) {
            return List.of(WireProposals.of(chosen));
        }
        return has(NO_INTEGRITY) ? List.of(NO_INTEGRITY) : List.of();
    }

    /** The key exchange part of the answer; empty where the two sides' wishes about PFS do not meet. */
    private Optional<List<Transform>> keyExchangeAnswer(List<KeyExchangeMethod> wanted, ChildOccasion occasion) {
        // RFC 7296 section 1.2: IKE_AUTH has no KE payload, so groups in its offer are for later and not answered.
        if (occasion == ChildOccasion.IKE_AUTH) {
            return Optional.of(has(NO_KEY_EXCHANGE) ? List.of(NO_KEY_EXCHANGE) : List.of());
        }
        if (!wanted.isEmpty()) {
            return match(wanted, WireProposals::of).map(method -> List.of(WireProposals.of(method)));
        }
        if (proposal.ofType(TransformType.KEY_EXCHANGE).isEmpty()) {
            return Optional.of(List.of());
        }
        return has(NO_KEY_EXCHANGE) ? Optional.of(List.of(NO_KEY_EXCHANGE)) : Optional.empty();
    }

    /** A suite and the transforms to answer with, one of each offered type. */
    record Match<S>(S suite, List<Transform> answer) {
        Proposal answerTo(Proposal offered, Octets ourSpi) {
            return new Proposal(offered.number(), offered.protocolId(), ourSpi, answer);
        }
    }
}
