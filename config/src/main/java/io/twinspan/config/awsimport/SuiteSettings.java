package io.twinspan.config.awsimport;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One suite for each phase: the strongest that the options allow. One only, because AWS walks its own list upwards and would
 * take the weakest of several. The XML's ciphers are a sample and not asked.
 */
final class SuiteSettings {
    private static final Set<KeyExchangeMethod> WEAK = EnumSet.of(
            KeyExchangeMethod.MODP_1024,
            KeyExchangeMethod.MODP_1536,
            KeyExchangeMethod.MODP_1024_160,
            KeyExchangeMethod.MODP_2048_224,
            KeyExchangeMethod.MODP_2048_256);

    private final TunnelSource tunnel;
    private final String name;
    private final ImportLog log;
    private final List<Setting> settings = new java.util.ArrayList<>();
    private boolean weak;

    private SuiteSettings(TunnelSource tunnel, String name, ImportLog log) {
        this.tunnel = tunnel;
        this.name = name;
        this.log = log;
    }

    /** Settings of {@code ike} and {@code esp} for one tunnel, and {@code legacy} where AWS leaves no strong choice. */
    static List<Setting> of(TunnelSource tunnel, String name, ImportLog log) {
        SuiteSettings suites = new SuiteSettings(tunnel, name, log);
        suites.ike();
        suites.esp();
        if (suites.weak) {
            suites.settings.addFirst(
                    new Setting("", "legacy", "true", "JSON Options.TunnelOptions leave a weak choice only"));
            log.warn(
                    name
                            + ": the tunnel options leave only weak algorithms somewhere, so 'legacy' is set; allow stronger ones at AWS");
        }
        return suites.settings;
    }

    private void ike() {
        EncryptionAlgorithm cipher = choose("ike", "encryption", "Phase1EncryptionAlgorithms", AwsDefaults.ENCRYPTION)
                .orElse(EncryptionAlgorithm.AES_GCM_16_256);
        if (!cipher.isAead()) {
            choose("ike", "integrity", "Phase1IntegrityAlgorithms", AwsDefaults.INTEGRITY)
                    .ifPresent(this::noteWeak);
        }
        choose("ike", "prf", "Phase1IntegrityAlgorithms", AwsDefaults.PRFS)
                .ifPresent(prf -> weak |= prf == PseudorandomFunction.HMAC_SHA1);
        Map<String, KeyExchangeMethod> groups = new LinkedHashMap<>(AwsDefaults.GROUPS);
        groups.values().remove(KeyExchangeMethod.MODP_1536); // AWS takes group 5 for phase 2 only
        choose("ike", "groups", "Phase1DHGroupNumbers", groups).ifPresent(this::noteWeak);
    }

    private void esp() {
        EncryptionAlgorithm cipher = choose("esp", "encryption", "Phase2EncryptionAlgorithms", AwsDefaults.ENCRYPTION)
                .orElse(EncryptionAlgorithm.AES_GCM_16_256);
        if (!cipher.isAead()) {
            choose("esp", "integrity", "Phase2IntegrityAlgorithms", AwsDefaults.INTEGRITY)
                    .ifPresent(this::noteWeak);
        }
        choose("esp", "groups", "Phase2DHGroupNumbers", AwsDefaults.GROUPS).ifPresent(this::noteWeak);
    }

    private <T> Optional<T> choose(String group, String key, String member, Map<String, T> byPreference) {
        Optional<Sourced<List<String>>> allowed = tunnel.values(member);
        Optional<Map.Entry<String, T>> choice = byPreference.entrySet().stream()
                .filter(entry -> allowed.map(list -> list.value().contains(entry.getKey()))
                        .orElse(true))
                .findFirst();
        if (choice.isEmpty()) {
            log.error(name + ": " + allowed.map(Sourced::origin).orElse(member) + " allows nothing that we know");
            return Optional.empty();
        }
        String origin = allowed.map(
                        list -> list.origin() + ", strongest of " + list.value().size() + " allowed")
                .orElse(
                        tunnel.hasOptions()
                                ? AwsDefaults.AS_OF + " allows all, strongest taken"
                                : "our default; the XML shows AWS's sample minimum, AWS accepts all by default");
        settings.add(new Setting(group, key, label(choice.get().getValue()), origin));
        return choice.map(Map.Entry::getValue);
    }

    private static String label(Object algorithm) {
        return switch (algorithm) {
            case EncryptionAlgorithm cipher -> cipher.label();
            case IntegrityAlgorithm integrity -> integrity.label();
            case PseudorandomFunction prf -> prf.label();
            case KeyExchangeMethod method -> method.label();
            default -> throw new IllegalStateException("no label for " + algorithm);
        };
    }

    private void noteWeak(IntegrityAlgorithm integrity) {
        weak |= integrity == IntegrityAlgorithm.HMAC_SHA1_96;
    }

    private void noteWeak(KeyExchangeMethod method) {
        weak |= WEAK.contains(method);
    }
}
