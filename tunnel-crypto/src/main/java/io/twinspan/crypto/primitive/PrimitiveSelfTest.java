package io.twinspan.crypto.primitive;

import io.twinspan.crypto.kex.KeyExchangeSelfTest;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Runs an algorithm once through the real provider before it is offered for the first time, and tells whether it gave the
 * right answer. A provider that throws counts as a wrong answer. What no proposal names is not tested: the large groups of the
 * key exchange alone take longer than everything else at a start. Not for more than one thread at a time.
 */
public final class PrimitiveSelfTest {
    private final PacketCipherEngine engine;
    private final Predicate<PseudorandomFunction> functionPasses;
    private final Predicate<KeyExchangeMethod> methodPasses;
    private final Map<EncryptionAlgorithm, Map<IntegrityAlgorithm, Boolean>> pairs =
            new EnumMap<>(EncryptionAlgorithm.class);
    private final Map<PseudorandomFunction, Boolean> functions = new EnumMap<>(PseudorandomFunction.class);
    private final Map<KeyExchangeMethod, Boolean> methods = new EnumMap<>(KeyExchangeMethod.class);

    /** Tests this engine of packet ciphers, and the platform's PRFs and key exchanges. */
    public PrimitiveSelfTest(PacketCipherEngine engine) {
        this(engine, PrfKnownAnswers::passes, KeyExchangeSelfTest::passes);
    }

    PrimitiveSelfTest(
            PacketCipherEngine engine,
            Predicate<PseudorandomFunction> functionPasses,
            Predicate<KeyExchangeMethod> methodPasses) {
        this.engine = engine;
        this.functionPasses = functionPasses;
        this.methodPasses = methodPasses;
    }

    /** True where this engine gives the known answers for one pair; an engine that throws does not. */
    public static boolean passes(
            PacketCipherEngine engine, EncryptionAlgorithm encryption, IntegrityAlgorithm integrity) {
        return holds(engine, value -> CipherKnownAnswers.passes(value, encryption, integrity));
    }

    /** What of the proposal works here, or empty where a kind of algorithm has none left. */
    public Optional<IkeProposal> offerable(IkeProposal proposal) {
        return among(
                        proposal.encryption(),
                        proposal.integrity(),
                        proposal.pseudorandomFunctions(),
                        proposal.keyExchange())
                .offerable(proposal);
    }

    /** What of the proposal works here, or empty where a kind is used up; PFS is never silently lost. */
    public Optional<EspProposal> offerable(EspProposal proposal) {
        return among(proposal.encryption(), proposal.integrity(), Set.of(), proposal.keyExchange())
                .offerable(proposal);
    }

    /** Those of the algorithms that work; a cipher without integrity of its own is tested with each of these. */
    public SupportedAlgorithms among(
            Collection<EncryptionAlgorithm> encryption,
            Collection<IntegrityAlgorithm> integrity,
            Collection<PseudorandomFunction> wantedFunctions,
            Collection<KeyExchangeMethod> wantedMethods) {
        Set<EncryptionAlgorithm> ciphers = EnumSet.noneOf(EncryptionAlgorithm.class);
        Set<IntegrityAlgorithm> macs = EnumSet.of(IntegrityAlgorithm.NONE);
        for (EncryptionAlgorithm cipher : encryption) {
            for (IntegrityAlgorithm mac : cipher.isAead() ? Set.of(IntegrityAlgorithm.NONE) : integrity) {
                boolean pair = cipher.isAead() == (mac == IntegrityAlgorithm.NONE);
                if (pair && works(cipher, mac)) {
                    ciphers.add(cipher);
                    macs.add(mac);
                }
            }
        }
        return new SupportedAlgorithms(
                ciphers,
                macs,
                passing(wantedFunctions, functions, functionPasses),
                passing(wantedMethods, methods, methodPasses));
    }

    private boolean works(EncryptionAlgorithm cipher, IntegrityAlgorithm mac) {
        return pairs.computeIfAbsent(cipher, _ -> new EnumMap<>(IntegrityAlgorithm.class))
                .computeIfAbsent(mac, _ -> passes(engine, cipher, mac));
    }

    private static <A extends Enum<A>> Set<A> passing(Collection<A> wanted, Map<A, Boolean> known, Predicate<A> test) {
        return wanted.stream()
                .filter(algorithm -> known.computeIfAbsent(algorithm, one -> holds(one, test)))
                .collect(Collectors.toSet());
    }

    private static <A> boolean holds(A subject, Predicate<A> test) {
        try {
            return test.test(subject);
        } catch (RuntimeException | LinkageError e) {
            // A provider may fail in any way it likes; whatever it throws, its algorithm is not offered.
            return false;
        }
    }
}
