package io.twinspan.crypto.primitive;

import io.twinspan.crypto.kex.KeyExchangeSelfTest;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Runs every algorithm once through the real provider at start and tells which gave the right answer. A provider that
 * throws counts as a wrong answer. Takes a few milliseconds for each algorithm.
 */
public final class PrimitiveSelfTest {
    private PrimitiveSelfTest() {}

    /** The algorithms that work with this engine of packet ciphers and with the platform's PRFs and key exchanges. */
    public static SupportedAlgorithms run(PacketCipherEngine engine) {
        return run(engine, PrfKnownAnswers::passes, KeyExchangeSelfTest::passes);
    }

    /** True where this engine gives the known answers for one pair; an engine that throws does not. */
    public static boolean passes(
            PacketCipherEngine engine, EncryptionAlgorithm encryption, IntegrityAlgorithm integrity) {
        return holds(engine, value -> CipherKnownAnswers.passes(value, encryption, integrity));
    }

    static SupportedAlgorithms run(
            PacketCipherEngine engine,
            Predicate<PseudorandomFunction> functionPasses,
            Predicate<KeyExchangeMethod> methodPasses) {
        Set<EncryptionAlgorithm> ciphers = EnumSet.noneOf(EncryptionAlgorithm.class);
        Set<IntegrityAlgorithm> macs = EnumSet.noneOf(IntegrityAlgorithm.class);
        for (EncryptionAlgorithm cipher : EncryptionAlgorithm.values()) {
            for (IntegrityAlgorithm mac : IntegrityAlgorithm.values()) {
                boolean pair = cipher.isAead() == (mac == IntegrityAlgorithm.NONE);
                if (pair && passes(engine, cipher, mac)) {
                    ciphers.add(cipher);
                    macs.add(mac);
                }
            }
        }
        macs.add(IntegrityAlgorithm.NONE);
        return new SupportedAlgorithms(
                ciphers,
                macs,
                passing(PseudorandomFunction.class, functionPasses),
                passing(KeyExchangeMethod.class, methodPasses));
    }

    private static <A extends Enum<A>> Set<A> passing(Class<A> kind, Predicate<A> test) {
        Set<A> result = EnumSet.allOf(kind);
        result.removeIf(algorithm -> !holds(algorithm, test));
        return result;
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
