package io.twinspan.config.bind;

import io.twinspan.config.source.Located;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The proposals of a tunnel. RFC 7296 section 3.3: ciphers with and without their own integrity cannot share a proposal,
 * so a mixed list becomes two, the kind named first leading.
 */
public final class Suites {
    private Suites() {}

    /** What the IKE SA may use. */
    public static List<IkeProposal> ike(TunnelView tunnel) {
        List<KeyExchangeMethod> groups =
                values(tunnel.find(ConfigKeys.IKE_SECTION, ConfigKeys.IKE_GROUPS), List.of(Defaults.GROUP));
        List<PseudorandomFunction> prfs = prfs(tunnel);
        List<IkeProposal> proposals = new ArrayList<>();
        forEachKind(
                ikeEncryption(tunnel),
                integrity(tunnel.find(ConfigKeys.IKE_SECTION, ConfigKeys.IKE_INTEGRITY)),
                (ciphers, integrity) -> proposals.add(new IkeProposal(ciphers, integrity, prfs, groups)));
        return proposals;
    }

    /** What the child SA may use. */
    public static List<EspProposal> esp(TunnelView tunnel) {
        List<KeyExchangeMethod> groups =
                values(tunnel.find(ConfigKeys.ESP_SECTION, ConfigKeys.PFS_GROUPS), List.of(Defaults.GROUP));
        List<SequenceNumbers> sequenceNumbers = tunnel.find(ConfigKeys.ESP_SECTION, ConfigKeys.ESN)
                .map(Located::value)
                .orElse(List.of(SequenceNumbers.SHORT_32));
        List<EspProposal> proposals = new ArrayList<>();
        forEachKind(
                espEncryption(tunnel),
                integrity(tunnel.find(ConfigKeys.ESP_SECTION, ConfigKeys.ESP_INTEGRITY)),
                (ciphers, integrity) -> proposals.add(new EspProposal(ciphers, integrity, groups, sequenceNumbers)));
        return proposals;
    }

    /** Ciphers of the IKE SA. */
    public static List<EncryptionAlgorithm> ikeEncryption(TunnelView tunnel) {
        return values(tunnel.find(ConfigKeys.IKE_SECTION, ConfigKeys.IKE_ENCRYPTION), List.of(Defaults.ENCRYPTION));
    }

    /** Ciphers of the child SA. */
    public static List<EncryptionAlgorithm> espEncryption(TunnelView tunnel) {
        return values(tunnel.find(ConfigKeys.ESP_SECTION, ConfigKeys.ESP_ENCRYPTION), List.of(Defaults.ENCRYPTION));
    }

    /** As given; else the hash of each integrity algorithm, which is what AWS derives it from; else the default. */
    public static List<PseudorandomFunction> prfs(TunnelView tunnel) {
        List<PseudorandomFunction> ofIntegrity =
                integrity(tunnel.find(ConfigKeys.IKE_SECTION, ConfigKeys.IKE_INTEGRITY)).stream()
                        .map(Suites::sameHash)
                        .toList();
        return values(
                tunnel.find(ConfigKeys.IKE_SECTION, ConfigKeys.PRF),
                ofIntegrity.isEmpty() ? List.of(Defaults.PRF) : ofIntegrity);
    }

    private static void forEachKind(
            List<EncryptionAlgorithm> encryption,
            List<IntegrityAlgorithm> integrity,
            BiConsumer<List<EncryptionAlgorithm>, List<IntegrityAlgorithm>> sink) {
        boolean aeadFirst = encryption.getFirst().isAead();
        for (boolean aead : new boolean[] {aeadFirst, !aeadFirst}) {
            List<EncryptionAlgorithm> kind = encryption.stream()
                    .filter(cipher -> cipher.isAead() == aead)
                    .toList();
            if (!kind.isEmpty()) {
                sink.accept(kind, aead ? List.of() : integrity);
            }
        }
    }

    private static PseudorandomFunction sameHash(IntegrityAlgorithm integrity) {
        return switch (integrity) {
            case HMAC_SHA1_96 -> PseudorandomFunction.HMAC_SHA1;
            case HMAC_SHA2_256_128 -> PseudorandomFunction.HMAC_SHA2_256;
            case HMAC_SHA2_512_256 -> PseudorandomFunction.HMAC_SHA2_512;
            case HMAC_SHA2_384_192, NONE -> PseudorandomFunction.HMAC_SHA2_384;
        };
    }

    private static List<IntegrityAlgorithm> integrity(Optional<Located<List<Located<IntegrityAlgorithm>>>> given) {
        return values(given, List.of());
    }

    private static <T> List<T> values(Optional<Located<List<Located<T>>>> given, List<T> otherwise) {
        return given.map(list -> list.value().stream().map(Located::value).toList())
                .orElse(otherwise);
    }
}
