package io.twinspan.crypto.ike.message;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.ArrayList;
import java.util.List;

/** Our policy as proposals for the wire (RFC 7296 sections 3.3.1 to 3.3.3). */
public final class WireProposals {
    private WireProposals() {}

    /**
     * The offer of an IKE SA, numbered from 1.
     *
     * @param spi empty in IKE_SA_INIT, our new SPI when rekeying
     */
    public static List<Proposal> offerIke(List<IkeProposal> policy, Octets spi) {
        List<Proposal> offer = new ArrayList<>();
        for (IkeProposal ours : policy) {
            List<Transform> transforms = new ArrayList<>();
            ours.encryption().forEach(algorithm -> transforms.add(of(algorithm)));
            ours.pseudorandomFunctions().forEach(prf -> transforms.add(of(prf)));
            ours.integrity().forEach(algorithm -> transforms.add(of(algorithm)));
            ours.keyExchange().forEach(method -> transforms.add(of(method)));
            offer.add(new Proposal(offer.size() + 1, SecurityProtocol.IKE, spi, transforms));
        }
        return List.copyOf(offer);
    }

    /**
     * The offer of a child SA, numbered from 1.
     *
     * @param spi our inbound SPI
     * @param occasion the first child of IKE_AUTH has no key exchange of its own
     */
    public static List<Proposal> offerEsp(List<EspProposal> policy, int spi, ChildOccasion occasion) {
        List<Proposal> offer = new ArrayList<>();
        for (EspProposal ours : policy) {
            List<Transform> transforms = new ArrayList<>();
            ours.encryption().forEach(algorithm -> transforms.add(of(algorithm)));
            ours.integrity().forEach(algorithm -> transforms.add(of(algorithm)));
            if (occasion == ChildOccasion.CREATE_CHILD_SA) {
                ours.keyExchange().forEach(method -> transforms.add(of(method)));
            }
            ours.sequenceNumbers().forEach(numbers -> transforms.add(of(numbers)));
            offer.add(new Proposal(offer.size() + 1, SecurityProtocol.ESP, Octets.ofInt(spi), transforms));
        }
        return List.copyOf(offer);
    }

    /** Where a child SA is negotiated, which decides whether PFS is possible. */
    public enum ChildOccasion {
        /** With the IKE SA: no key exchange of its own (RFC 7296 section 1.2). */
        IKE_AUTH,
        /** Later, or as a rekey: key exchange as the policy has it. */
        CREATE_CHILD_SA
    }

    static Transform of(EncryptionAlgorithm algorithm) {
        int bits = algorithm.keyLengthAttributeBits();
        return new Transform(
                TransformType.ENCRYPTION,
                algorithm.transformId(),
                bits == 0 ? List.of() : List.of(TransformAttribute.keyLength(bits)));
    }

    static Transform of(PseudorandomFunction prf) {
        return new Transform(TransformType.PSEUDORANDOM_FUNCTION, prf.transformId());
    }

    static Transform of(IntegrityAlgorithm algorithm) {
        return new Transform(TransformType.INTEGRITY, algorithm.transformId());
    }

    static Transform of(KeyExchangeMethod method) {
        return new Transform(TransformType.KEY_EXCHANGE, method.transformId());
    }

    static Transform of(SequenceNumbers numbers) {
        return new Transform(TransformType.SEQUENCE_NUMBERS, numbers.transformId());
    }
}
