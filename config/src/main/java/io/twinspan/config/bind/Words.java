package io.twinspan.config.bind;

import io.twinspan.config.model.ApiConfig.Role;
import io.twinspan.config.model.DataPlaneConfig.CryptoEngine;
import io.twinspan.config.model.DataPlaneConfig.Pacing;
import io.twinspan.config.model.FailoverConfig;
import io.twinspan.config.model.MtuConfig.DfPolicy;
import io.twinspan.config.model.TunnelConfig.Encapsulation;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The words of the file for each choice, and what AWS and other products call the same things. */
public final class Words {
    public static final Map<String, EncryptionAlgorithm> ENCRYPTION =
            byLabel(EncryptionAlgorithm.values(), EncryptionAlgorithm::label);
    public static final Map<String, IntegrityAlgorithm> INTEGRITY = byLabel(
            Arrays.stream(IntegrityAlgorithm.values())
                    .filter(algorithm -> algorithm != IntegrityAlgorithm.NONE)
                    .toArray(IntegrityAlgorithm[]::new),
            IntegrityAlgorithm::label);
    public static final Map<String, PseudorandomFunction> PRFS =
            byLabel(PseudorandomFunction.values(), PseudorandomFunction::label);
    public static final Map<Integer, KeyExchangeMethod> ESP_GROUPS = groups(true);
    /** AWS takes group 5 for phase 2 only. */
    public static final Map<Integer, KeyExchangeMethod> IKE_GROUPS = groups(false);

    public static final Map<String, Encapsulation> ENCAPSULATION = encapsulations();
    public static final Map<String, List<SequenceNumbers>> ESN = sequenceNumbers();

    public static final Map<String, CryptoEngine> CRYPTO_ENGINES = byLabel(CryptoEngine.values(), CryptoEngine::label);
    public static final Map<String, Pacing> PACING = ordered("off", Pacing.OFF, "aws", Pacing.AWS);

    public static final Map<String, FailoverConfig.Policy> POLICIES =
            byLabel(FailoverConfig.Policy.values(), FailoverConfig.Policy::label);

    static final Map<String, String> FOREIGN_POLICIES = Map.ofEntries(
            Map.entry("active-passive", "active-standby"),
            Map.entry("active/standby", "active-standby"),
            Map.entry("active/passive", "active-standby"),
            Map.entry("standby", "active-standby"),
            Map.entry("active/active", "active-active"),
            Map.entry("ecmp", "active-active"),
            Map.entry("load-balance", "active-active"),
            Map.entry("follow", "follow-aws"),
            Map.entry("follow-peer", "follow-aws"));

    public static final Map<String, DfPolicy> DF_POLICIES = byLabel(DfPolicy.values(), DfPolicy::label);

    static final Map<String, String> FOREIGN_DF = Map.of(
            "no", "clear", "yes", "honor", "copy", "honor", "set", "honor", "honour", "honor", "ignore", "clear");

    public static final Map<String, Boolean> PROBE = ordered("off", false, "on", true);

    static final Map<String, String> FOREIGN_PROBE_KEYS = Map.ofEntries(
            Map.entry("target", "did you mean 'targets'?"),
            Map.entry("enabled", "write 'probe: off'"),
            Map.entry("burst", "did you mean 'burst-interval'?"),
            Map.entry("active", "did you mean 'active-interval'?"),
            Map.entry("loss", "did you mean 'degraded-loss'?"),
            Map.entry("count", "it follows from the loss that is measured and from 'false-alarm'"),
            Map.entry("retries", "it follows from the loss that is measured and from 'false-alarm'"));

    static final Map<String, String> FOREIGN_ENGINES = Map.ofEntries(
            Map.entry("intel", "ipsec-mb"),
            Map.entry("ipsecmb", "ipsec-mb"),
            Map.entry("ipsec_mb", "ipsec-mb"),
            Map.entry("libipsec-mb", "ipsec-mb"),
            Map.entry("java", "jdk"),
            Map.entry("sunjce", "jdk"));
    static final Map<String, String> FOREIGN_PACING =
            Map.of("none", "off", "on", "aws", "standard", "aws", "unlimited", "off");
    /** What somebody may do. */
    public static final Map<String, Role> ROLES = byLabel(Role.values(), Role::label);

    static final Map<String, String> FOREIGN_ROLES =
            Map.of("read", "viewer", "readonly", "viewer", "write", "operator", "user", "viewer", "root", "admin");

    static final Map<String, String> FOREIGN_TLS_KEYS = Map.of(
            "cert", "did you mean 'certificate'?",
            "private-key", "did you mean 'key'?",
            "ca", "did you mean 'client-ca'?");

    static final Map<String, String> FOREIGN_OTLP_KEYS =
            Map.of("endpoint", "did you mean 'url'?", "step", "did you mean 'interval'?");

    static final Map<String, String> FOREIGN_METRICS_KEYS = Map.of(
            "listen", "it stands under 'api'; /metrics is a path of the API",
            "enabled", "/metrics is always there; who may read it stands under 'api'",
            "prometheus", "/metrics is always there");

    static final Map<String, String> FOREIGN_API_KEYS = Map.of(
            "group", "there are 'read-group', 'change-group' and 'admin-group'",
            "port", "it is a part of 'listen', as in 127.0.0.1:8443",
            "address", "did you mean 'listen'?",
            "client-ca", "it stands under 'tls'",
            "certificate", "it stands under 'tls'");

    static final Map<String, String> FOREIGN_DATA_PLANE_KEYS = Map.ofEntries(
            Map.entry("engine", "did you mean 'crypto-engine'?"),
            Map.entry("crypto", "did you mean 'crypto-engine'?"),
            Map.entry("gso", "did you mean 'offloads'?"),
            Map.entry("gro", "did you mean 'offloads'?"),
            Map.entry("tso", "did you mean 'offloads'?"),
            Map.entry("buffer", "did you mean 'socket-buffer'?"),
            Map.entry("rcvbuf", "did you mean 'socket-buffer'?"),
            Map.entry("sndbuf", "did you mean 'socket-buffer'?"),
            Map.entry("workers", "did you mean 'sealing-workers'?"),
            Map.entry("threads", "did you mean 'sealing-workers'?"),
            Map.entry("rate", "it stands under 'pacing'"),
            Map.entry("packets", "it stands under 'pacing'"),
            Map.entry("target", "it stands under 'queue'"),
            Map.entry("interval", "it stands under 'queue'"));

    static final Map<String, String> FOREIGN_ENCRYPTION = Map.ofEntries(
            Map.entry("aes256-gcm-16", "aes-gcm-16-256"),
            Map.entry("aes128-gcm-16", "aes-gcm-16-128"),
            Map.entry("aes256gcm16", "aes-gcm-16-256"),
            Map.entry("aes128gcm16", "aes-gcm-16-128"),
            Map.entry("aes256gcm", "aes-gcm-16-256"),
            Map.entry("aes128gcm", "aes-gcm-16-128"),
            Map.entry("aes-256-gcm", "aes-gcm-16-256"),
            Map.entry("aes-128-gcm", "aes-gcm-16-128"),
            Map.entry("aes256", "aes-cbc-256"),
            Map.entry("aes128", "aes-cbc-128"),
            Map.entry("aes-256", "aes-cbc-256"),
            Map.entry("aes-128", "aes-cbc-128"),
            Map.entry("aes-256-cbc", "aes-cbc-256"),
            Map.entry("aes-128-cbc", "aes-cbc-128"),
            Map.entry("chacha20poly1305", "chacha20-poly1305"));
    static final Map<String, String> FOREIGN_INTEGRITY = Map.ofEntries(
            Map.entry("sha1", "hmac-sha1-96"),
            Map.entry("hmac-sha1", "hmac-sha1-96"),
            Map.entry("sha2-256", "hmac-sha2-256-128"),
            Map.entry("sha2-384", "hmac-sha2-384-192"),
            Map.entry("sha2-512", "hmac-sha2-512-256"),
            Map.entry("sha256", "hmac-sha2-256-128"),
            Map.entry("sha384", "hmac-sha2-384-192"),
            Map.entry("sha512", "hmac-sha2-512-256"),
            Map.entry("hmac-sha2-256", "hmac-sha2-256-128"),
            Map.entry("hmac-sha2-384", "hmac-sha2-384-192"),
            Map.entry("hmac-sha2-512", "hmac-sha2-512-256"));
    static final Map<String, String> FOREIGN_PRFS = Map.ofEntries(
            Map.entry("sha1", "hmac-sha1"),
            Map.entry("prfsha1", "hmac-sha1"),
            Map.entry("sha2-256", "hmac-sha2-256"),
            Map.entry("sha2-384", "hmac-sha2-384"),
            Map.entry("sha2-512", "hmac-sha2-512"),
            Map.entry("sha256", "hmac-sha2-256"),
            Map.entry("sha384", "hmac-sha2-384"),
            Map.entry("sha512", "hmac-sha2-512"),
            Map.entry("prfsha256", "hmac-sha2-256"),
            Map.entry("prfsha384", "hmac-sha2-384"),
            Map.entry("prfsha512", "hmac-sha2-512"));
    static final Map<String, String> FOREIGN_GROUPS = Map.ofEntries(
            Map.entry("modp1024", "2"),
            Map.entry("modp1536", "5"),
            Map.entry("modp2048", "14"),
            Map.entry("modp3072", "15"),
            Map.entry("modp4096", "16"),
            Map.entry("modp6144", "17"),
            Map.entry("modp8192", "18"),
            Map.entry("ecp256", "19"),
            Map.entry("ecp384", "20"),
            Map.entry("ecp521", "21"),
            Map.entry("x25519", "31"),
            Map.entry("curve25519", "31"),
            Map.entry("group2", "2"),
            Map.entry("group14", "14"),
            Map.entry("group19", "19"),
            Map.entry("group20", "20"),
            Map.entry("group21", "21"));

    private static final String KEY_HINT =
            "keys never stand in this file: put it in a file of its own and name that with 'psk-file'";

    static final Map<String, String> FOREIGN_SUITE_KEYS = Map.of(
            "group", "did you mean 'groups'?",
            "pfs", "did you mean 'groups'?",
            "dh-group", "did you mean 'groups'?",
            "dh", "did you mean 'groups'?",
            "hash", "did you mean 'integrity'?",
            "cipher", "did you mean 'encryption'?",
            "proposals", "give 'encryption', 'integrity', 'prf' and 'groups'");
    static final Map<String, String> FOREIGN_ADDRESS_KEYS =
            Map.of("local", "did you mean 'bind'?", "peer", "did you mean 'remote'?");
    static final Map<String, String> FOREIGN_TUNNEL_KEYS = Map.ofEntries(
            Map.entry("psk", KEY_HINT),
            Map.entry("secret", KEY_HINT),
            Map.entry("key", KEY_HINT),
            Map.entry("pre-shared-key", KEY_HINT),
            Map.entry("pre_shared_key", KEY_HINT),
            Map.entry("dpd", "did you mean 'liveness'?"),
            Map.entry("remote", "the AWS endpoint is 'remote' under 'outside', AWS networks stand on the connection"),
            Map.entry("local", "the inside address is 'local' under 'inside', our networks stand on the connection"),
            Map.entry("peer", "did you mean 'remote' under 'outside'?"),
            Map.entry("bind", "it stands under 'outside'"),
            Map.entry("mtu", "the outside MTU is 'uplink-mtu' on the connection, the inside one is computed"),
            Map.entry("uplink-mtu", "it stands on the connection"),
            Map.entry("lifetime", "it stands under 'ike' and under 'esp'"),
            Map.entry("replay-window", "it stands under 'esp'"));
    static final Map<String, String> FOREIGN_CONNECTION_KEYS = Map.ofEntries(
            Map.entry("mtu", "did you mean 'uplink-mtu'?"),
            Map.entry("dont-fragment", "did you mean 'df'?"),
            Map.entry("copy-df", "did you mean 'df'?"),
            Map.entry("pmtu", "did you mean 'path-mtu'?"),
            Map.entry("dpd", "did you mean 'liveness'?"),
            Map.entry("tunnel", "did you mean 'tunnels'?"),
            Map.entry("prefer", "did you mean 'preferred-tunnel'?"),
            Map.entry("preferred", "did you mean 'preferred-tunnel'?"),
            Map.entry("interface", "did you mean 'device'?"),
            Map.entry("bind", "it stands under 'outside'"),
            Map.entry("psk-file", "it belongs to each tunnel"),
            Map.entry("inside", "it belongs to each tunnel"),
            Map.entry("psk", KEY_HINT),
            Map.entry("local-prefixes", "did you mean 'local'?"),
            Map.entry("remote-prefixes", "did you mean 'remote'?"));

    private Words() {}

    static <T> Map<String, T> ordered(String firstWord, T first, String secondWord, T second) {
        Map<String, T> words = new LinkedHashMap<>();
        words.put(firstWord, first);
        words.put(secondWord, second);
        return Collections.unmodifiableMap(words);
    }

    private static <T> Map<String, T> byLabel(T[] values, Function<T, String> label) {
        Map<String, T> words = new LinkedHashMap<>();
        for (T value : values) {
            words.put(label.apply(value), value);
        }
        return Collections.unmodifiableMap(words);
    }

    private static Map<Integer, KeyExchangeMethod> groups(boolean withGroup5) {
        Map<Integer, KeyExchangeMethod> groups = new LinkedHashMap<>();
        List<KeyExchangeMethod> methods = new ArrayList<>(List.of(KeyExchangeMethod.values()));
        methods.removeIf(method -> !withGroup5 && method == KeyExchangeMethod.MODP_1536);
        methods.forEach(method -> groups.put(method.transformId(), method));
        return Collections.unmodifiableMap(groups);
    }

    private static Map<String, Encapsulation> encapsulations() {
        Map<String, Encapsulation> words = new LinkedHashMap<>();
        words.put("auto", Encapsulation.AUTO);
        words.put("udp", Encapsulation.UDP);
        words.put("esp", Encapsulation.ESP);
        return Collections.unmodifiableMap(words);
    }

    private static Map<String, List<SequenceNumbers>> sequenceNumbers() {
        Map<String, List<SequenceNumbers>> words = new LinkedHashMap<>();
        words.put("never", List.of(SequenceNumbers.SHORT_32));
        words.put("prefer", List.of(SequenceNumbers.EXTENDED_64, SequenceNumbers.SHORT_32));
        words.put("require", List.of(SequenceNumbers.EXTENDED_64));
        return Collections.unmodifiableMap(words);
    }
}
