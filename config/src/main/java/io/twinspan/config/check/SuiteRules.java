package io.twinspan.config.check;

import io.twinspan.config.bind.ConfigKeys;
import io.twinspan.config.bind.Key;
import io.twinspan.config.bind.Section;
import io.twinspan.config.bind.Suites;
import io.twinspan.config.bind.TunnelView;
import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Strength and sense of what is offered. Algorithms that RFC 8247 and RFC 8221 advise or rule against need {@code legacy:
 * true}; several choices get a warning, because AWS takes the lowest of its own list that it finds.
 */
final class SuiteRules {
    private static final Set<KeyExchangeMethod> WEAK_GROUPS = EnumSet.of(
            KeyExchangeMethod.MODP_1024,
            KeyExchangeMethod.MODP_1536,
            KeyExchangeMethod.MODP_1024_160,
            KeyExchangeMethod.MODP_2048_224,
            KeyExchangeMethod.MODP_2048_256);
    private static final String LEGACY_HINT = "say 'legacy: true' if the peer leaves no choice";

    private SuiteRules() {}

    static void check(TunnelView tunnel, ProblemSink problems) {
        boolean legacy = tunnel.find(ConfigKeys.LEGACY).map(Located::value).orElse(false);
        checkPhase(
                tunnel,
                ConfigKeys.IKE_SECTION,
                Suites.ikeEncryption(tunnel),
                ConfigKeys.IKE_ENCRYPTION,
                ConfigKeys.IKE_INTEGRITY,
                ConfigKeys.IKE_GROUPS,
                legacy,
                problems);
        checkPhase(
                tunnel,
                ConfigKeys.ESP_SECTION,
                Suites.espEncryption(tunnel),
                ConfigKeys.ESP_ENCRYPTION,
                ConfigKeys.ESP_INTEGRITY,
                ConfigKeys.PFS_GROUPS,
                legacy,
                problems);
        checkPrfs(tunnel, legacy, problems);
        tunnel.find(ConfigKeys.ESP_SECTION, ConfigKeys.PFS_GROUPS)
                .filter(groups -> groups.value().isEmpty())
                .ifPresent(groups -> problems.warn(
                        groups.at(),
                        groups.path(),
                        "without a group there is no perfect forward secrecy",
                        "AWS demands it"));
    }

    private static void checkPhase(
            TunnelView tunnel,
            Key<Section> phase,
            List<EncryptionAlgorithm> ciphers,
            Key<List<Located<EncryptionAlgorithm>>> encryption,
            Key<List<Located<IntegrityAlgorithm>>> integrity,
            Key<List<Located<KeyExchangeMethod>>> groups,
            boolean legacy,
            ProblemSink problems) {
        checkIntegrityFits(tunnel, phase, ciphers, integrity, problems);
        tunnel.find(phase, encryption).ifPresent(list -> {
            warnOfSeveral(list, problems);
            list.value().stream()
                    .filter(cipher -> cipher.value() == EncryptionAlgorithm.CHACHA20_POLY1305)
                    .forEach(cipher -> warnNotAws(cipher, cipher.value().label(), problems));
        });
        tunnel.find(phase, integrity).ifPresent(list -> {
            warnOfSeveral(list, problems);
            for (Located<IntegrityAlgorithm> item : list.value()) {
                if (item.value() == IntegrityAlgorithm.HMAC_SHA1_96) {
                    refuseWeak(item, item.value().label(), legacy, problems);
                }
            }
        });
        tunnel.find(phase, groups).ifPresent(list -> {
            warnOfSeveral(list, problems);
            for (Located<KeyExchangeMethod> item : list.value()) {
                String label = "group " + item.value().label();
                if (WEAK_GROUPS.contains(item.value())) {
                    refuseWeak(item, label, legacy, problems);
                } else if (item.value() == KeyExchangeMethod.CURVE25519) {
                    warnNotAws(item, label, problems);
                }
            }
        });
    }

    private static void checkIntegrityFits(
            TunnelView tunnel,
            Key<Section> phase,
            List<EncryptionAlgorithm> ciphers,
            Key<List<Located<IntegrityAlgorithm>>> integrity,
            ProblemSink problems) {
        Optional<Located<List<Located<IntegrityAlgorithm>>>> given = tunnel.find(phase, integrity);
        boolean needed = ciphers.stream().anyMatch(cipher -> !cipher.isAead());
        if (needed && given.isEmpty()) {
            problems.error(
                    tunnel.find(phase).map(Located::at).orElse(tunnel.at()),
                    tunnel.tunnel().path() + "." + phase.name() + ".integrity",
                    "missing: a CBC cipher protects nothing without it",
                    "write 'integrity: hmac-sha2-256-128'");
        } else if (!needed) {
            given.ifPresent(list -> problems.error(
                    list.at(), list.path(), "goes with CBC ciphers only", "an AEAD cipher brings its own"));
        }
    }

    private static void checkPrfs(TunnelView tunnel, boolean legacy, ProblemSink problems) {
        tunnel.find(ConfigKeys.IKE_SECTION, ConfigKeys.PRF).ifPresent(list -> {
            warnOfSeveral(list, problems);
            for (Located<PseudorandomFunction> item : list.value()) {
                if (item.value() == PseudorandomFunction.HMAC_SHA1) {
                    refuseWeak(item, item.value().label(), legacy, problems);
                }
            }
        });
    }

    private static void refuseWeak(Located<?> item, String label, boolean legacy, ProblemSink problems) {
        if (legacy) {
            problems.warn(item.at(), item.path(), label + " is weak", "used because 'legacy' allows it");
        } else {
            problems.error(item.at(), item.path(), label + " is too weak", LEGACY_HINT);
        }
    }

    private static void warnNotAws(Located<?> item, String label, ProblemSink problems) {
        problems.warn(item.at(), item.path(), label + " is not known to AWS", "fine with other peers");
    }

    private static <T> void warnOfSeveral(Located<List<Located<T>>> list, ProblemSink problems) {
        if (list.value().size() > 1) {
            problems.warn(
                    list.at(),
                    list.path(),
                    "AWS ignores our order and takes the weakest it finds",
                    "offer one where the peer allows it");
        }
    }
}
