package io.twinspan.crypto.engine;

import io.twinspan.crypto.ipsecmb.IpsecMbHost;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Chooses the engine for each family of ciphers. For AES-GCM a native engine that passes its tests goes before the JDK's:
 * on every processor measured it was ahead, by 1.5 to 5 times, and {@link SpeedTrial} says why that is not measured here
 * again. Among several that pass, the fastest on this processor is taken. Every other family is the JDK's.
 */
public final class EngineChooser {
    private static final String INSTALL =
            "install the package libipsec-mb1 (newer releases: libipsec-mb2), or set crypto-engine to auto";

    /** What another flavour must be ahead of one with wider instructions, so that noise does not turn the order around. */
    private static final double CLEARLY = 1.05;

    private final Candidate jdk = Candidate.jdk();
    private final List<Candidate> natives;
    private final String whyNoNatives;
    private final SpeedTrial trial;

    EngineChooser(List<Candidate> natives, String whyNoNatives, LongSupplier nanoTime) {
        this.natives = List.copyOf(natives);
        this.whyNoNatives = whyNoNatives;
        trial = new SpeedTrial(nanoTime);
    }

    /** Chooses among what this host has; the clock counts nanoseconds from any origin. */
    public static EngineChooser ofThisHost(LongSupplier nanoTime) {
        IpsecMbHost host = IpsecMbHost.look();
        return new EngineChooser(host.engines().stream().map(Candidate::of).toList(), host.whyNone(), nanoTime);
    }

    /**
     * Tests and times the engines that may be taken, in some tens of milliseconds.
     *
     * @throws EngineUnavailableException where an engine was asked for by name and cannot be used here
     */
    public EngineChoice choose(EngineWish wish) throws EngineUnavailableException {
        if (wish == EngineWish.JDK) {
            return choice(wish, jdk, CipherSpeed.UNMEASURED, passedOver(natives, "crypto-engine is set to jdk"));
        }
        List<Candidate> passed = passing();
        List<Candidate> failed = new ArrayList<>(natives);
        failed.removeAll(passed);
        List<PassedOver> others = new ArrayList<>(passedOver(failed, "its self-test failed"));
        if (passed.isEmpty()) {
            return withoutNatives(wish, others);
        }
        List<CipherSpeed> speeds = trial.race(passed, EncryptionAlgorithm.AES_GCM_16_256);
        int best = fastest(speeds);
        for (int i = 0; i < passed.size(); i++) {
            if (i != best) {
                others.add(new PassedOver(passed.get(i).name(), speeds.get(i), "slower on this processor"));
            }
        }
        others.add(new PassedOver(jdk.name(), CipherSpeed.UNMEASURED, "slower than native code"));
        return choice(wish, passed.get(best), speeds.get(best), others);
    }

    private List<Candidate> passing() {
        if (natives.isEmpty()) {
            return List.of();
        }
        EngineAgreement agreement = new EngineAgreement(CipherFamily.AES_GCM);
        return natives.stream()
                .filter(candidate -> agreement.holdsFor(candidate.engine()))
                .toList();
    }

    private EngineChoice withoutNatives(EngineWish wish, List<PassedOver> failed) throws EngineUnavailableException {
        String why = failed.isEmpty() ? whyNoNatives : "none of its versions of AES-GCM passed the self-test";
        if (wish == EngineWish.IPSEC_MB) {
            throw new EngineUnavailableException("crypto-engine is set to ipsec-mb, but " + why, INSTALL);
        }
        EngineName absent = new EngineName(EngineWish.IPSEC_MB.label(), "", "");
        return choice(
                wish,
                jdk,
                CipherSpeed.UNMEASURED,
                failed.isEmpty() ? List.of(new PassedOver(absent, CipherSpeed.UNMEASURED, why)) : failed);
    }

    private EngineChoice choice(EngineWish wish, Candidate gcm, CipherSpeed speed, List<PassedOver> others) {
        List<FamilyChoice> families = List.of(
                new FamilyChoice(CipherFamily.AES_GCM, gcm.name(), speed, others),
                onlyJdk(CipherFamily.AES_CBC),
                onlyJdk(CipherFamily.CHACHA20_POLY1305));
        return new EngineChoice(gcm.engine(), new EngineReport(wish, families));
    }

    private FamilyChoice onlyJdk(CipherFamily family) {
        return new FamilyChoice(family, jdk.name(), CipherSpeed.UNMEASURED, List.of());
    }

    private static List<PassedOver> passedOver(List<Candidate> candidates, String reason) {
        return candidates.stream()
                .map(candidate -> new PassedOver(candidate.name(), CipherSpeed.UNMEASURED, reason))
                .toList();
    }

    private static int fastest(List<CipherSpeed> speeds) {
        int best = 0;
        for (int i = 1; i < speeds.size(); i++) {
            if (speeds.get(i).bothWays() > CLEARLY * speeds.get(best).bothWays()) {
                best = i;
            }
        }
        return best;
    }
}
