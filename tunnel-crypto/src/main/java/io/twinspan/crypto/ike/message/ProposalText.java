package io.twinspan.crypto.ike.message;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Proposals as text for people, in the words of the configuration: when two sides do not agree, what each of them wants is
 * what an operator has to know. Bounded, and nothing of the peer but numbers comes into it.
 */
public final class ProposalText {
    /** Proposals shown before the rest is only counted. */
    static final int MAX_PROPOSALS = 3;

    /** Transforms of one proposal shown before the rest is only counted. */
    static final int MAX_TRANSFORMS = 16;

    private ProposalText() {}

    /** For example {@code [aes-cbc-128, hmac-sha1-96, prf hmac-sha1, group 2] or [...]}. */
    public static String of(List<Proposal> proposals) {
        String shown =
                proposals.stream().limit(MAX_PROPOSALS).map(ProposalText::of).collect(Collectors.joining(" or "));
        int more = proposals.size() - MAX_PROPOSALS;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    private static String of(Proposal proposal) {
        List<Transform> transforms = proposal.transforms();
        Stream<String> shown = transforms.stream().limit(MAX_TRANSFORMS).map(ProposalText::of);
        Stream<String> more = transforms.size() > MAX_TRANSFORMS
                ? Stream.of(transforms.size() - MAX_TRANSFORMS + " more")
                : Stream.empty();
        return Stream.concat(shown, more).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String of(Transform transform) {
        return switch (transform.type()) {
            case TransformType.ENCRYPTION ->
                named(Arrays.stream(EncryptionAlgorithm.values())
                                .filter(algorithm -> WireProposals.of(algorithm).equals(transform))
                                .map(EncryptionAlgorithm::label))
                        .orElse("encryption " + transform.id() + keyLength(transform));
            case TransformType.PSEUDORANDOM_FUNCTION ->
                "prf "
                        + named(Arrays.stream(PseudorandomFunction.values())
                                        .filter(prf -> prf.transformId() == transform.id())
                                        .map(PseudorandomFunction::label))
                                .orElse(Integer.toString(transform.id()));
            case TransformType.INTEGRITY ->
                named(Arrays.stream(IntegrityAlgorithm.values())
                                .filter(algorithm -> algorithm.transformId() == transform.id())
                                .map(IntegrityAlgorithm::label))
                        .orElse("integrity " + transform.id());
            case TransformType.KEY_EXCHANGE -> "group " + transform.id();
            case TransformType.SEQUENCE_NUMBERS -> transform.id() == 0 ? "no esn" : "esn";
            default -> "transform " + transform.type() + "/" + transform.id();
        };
    }

    private static Optional<String> named(Stream<String> names) {
        return names.findFirst();
    }

    private static String keyLength(Transform transform) {
        return transform.attributes().stream()
                .filter(attribute -> attribute.type() == TransformAttribute.KEY_LENGTH)
                .map(attribute -> " with " + attribute.value().toUnsignedLong() + " bits")
                .findFirst()
                .orElse("");
    }
}
