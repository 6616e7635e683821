package io.twinspan.daemon.diagnosis;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Proposals in the configuration's own words. */
final class ProposalText {
    private ProposalText() {}

    static String ofIke(List<IkeProposal> proposals) {
        return "IKE "
                + join(
                        proposals,
                        it -> words(it.encryption(), EncryptionAlgorithm::label)
                                + words(" / ", it.integrity(), IntegrityAlgorithm::label)
                                + words(" / ", it.pseudorandomFunctions(), PseudorandomFunction::label)
                                + words(" / group ", it.keyExchange(), KeyExchangeMethod::label));
    }

    static String ofEsp(List<EspProposal> proposals) {
        return "ESP "
                + join(
                        proposals,
                        it -> words(it.encryption(), EncryptionAlgorithm::label)
                                + words(" / ", it.integrity(), IntegrityAlgorithm::label)
                                + words(" / group ", it.keyExchange(), KeyExchangeMethod::label));
    }

    private static <T> String join(List<T> proposals, Function<T, String> text) {
        return proposals.stream().map(text).collect(Collectors.joining("; or "));
    }

    private static <T> String words(List<T> algorithms, Function<T, String> label) {
        return algorithms.stream().map(label).collect(Collectors.joining(", "));
    }

    private static <T> String words(String before, List<T> algorithms, Function<T, String> label) {
        return algorithms.isEmpty() ? "" : before + words(algorithms, label);
    }
}
