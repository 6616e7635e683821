package io.twinspan.crypto.primitive;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The algorithms that gave their known answers on this machine; nothing else may be offered or accepted. */
public record SupportedAlgorithms(
        Set<EncryptionAlgorithm> encryption,
        Set<IntegrityAlgorithm> integrity,
        Set<PseudorandomFunction> pseudorandomFunctions,
        Set<KeyExchangeMethod> keyExchange) {
    public SupportedAlgorithms {
        encryption = Set.copyOf(encryption);
        integrity = Set.copyOf(integrity);
        pseudorandomFunctions = Set.copyOf(pseudorandomFunctions);
        keyExchange = Set.copyOf(keyExchange);
    }

    /** What is left of the proposal, or empty where a kind of algorithm has none left. */
    public Optional<IkeProposal> offerable(IkeProposal proposal) {
        List<EncryptionAlgorithm> ciphers = keep(proposal.encryption(), encryption);
        List<IntegrityAlgorithm> macs = keep(proposal.integrity(), integrity);
        List<PseudorandomFunction> functions = keep(proposal.pseudorandomFunctions(), pseudorandomFunctions);
        List<KeyExchangeMethod> methods = keep(proposal.keyExchange(), keyExchange);
        boolean complete = !ciphers.isEmpty()
                && macs.isEmpty() == proposal.integrity().isEmpty()
                && !functions.isEmpty()
                && !methods.isEmpty();
        return complete ? Optional.of(new IkeProposal(ciphers, macs, functions, methods)) : Optional.empty();
    }

    /** What is left of the proposal, or empty where a kind is used up; PFS is never silently lost. */
    public Optional<EspProposal> offerable(EspProposal proposal) {
        List<EncryptionAlgorithm> ciphers = keep(proposal.encryption(), encryption);
        List<IntegrityAlgorithm> macs = keep(proposal.integrity(), integrity);
        List<KeyExchangeMethod> methods = keep(proposal.keyExchange(), keyExchange);
        boolean complete = !ciphers.isEmpty()
                && macs.isEmpty() == proposal.integrity().isEmpty()
                && methods.isEmpty() == proposal.keyExchange().isEmpty();
        return complete
                ? Optional.of(new EspProposal(ciphers, macs, methods, proposal.sequenceNumbers()))
                : Optional.empty();
    }

    private static <A> List<A> keep(List<A> wanted, Set<A> supported) {
        return wanted.stream().filter(supported::contains).toList();
    }
}
