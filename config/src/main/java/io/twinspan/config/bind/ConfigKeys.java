package io.twinspan.config.bind;

import io.twinspan.config.model.ApiConfig.Role;
import io.twinspan.config.model.DataPlaneConfig.CryptoEngine;
import io.twinspan.config.model.DataPlaneConfig.Pacing;
import io.twinspan.config.model.FailoverConfig;
import io.twinspan.config.model.MtuConfig.DfPolicy;
import io.twinspan.config.model.TunnelConfig.BindAddress;
import io.twinspan.config.model.TunnelConfig.Encapsulation;
import io.twinspan.config.model.TunnelConfig.Startup;
import io.twinspan.config.source.Located;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Every key of {@code twinspan.yaml}. The schema for editors is held against these tables by a test. */
public final class ConfigKeys {
    /** The one version of the file format. */
    public static final int VERSION = 1;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,31}");
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,14}");
    private static final Pattern IDENTITY_TEXT = Pattern.compile("[A-Za-z0-9._@:-]{1,255}");
    private static final Pattern FILE = Pattern.compile("[^\\p{C}]{1,4096}");
    private static final Pattern URL = Pattern.compile("https?://[\\x21-\\x7e]{1,2000}");
    private static final Pattern GROUP = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,31}|[0-9]{1,9}");
    private static final String GROUP_RULE = "a group of this machine, by name or by number in quotes";
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final String IDENTITY_RULE = "an address or a name of letters, digits, dots and dashes";

    // IKE SA
    public static final Key<List<Located<EncryptionAlgorithm>>> IKE_ENCRYPTION = encryption();
    public static final Key<List<Located<IntegrityAlgorithm>>> IKE_INTEGRITY = integrity();
    public static final Key<List<Located<PseudorandomFunction>>> PRF =
            Key.optional("prf", Decoders.listOf(Decoders.oneOf(Words.PRFS, Words.FOREIGN_PRFS), false));
    public static final Key<List<Located<KeyExchangeMethod>>> IKE_GROUPS = Key.optional(
            "groups", Decoders.listOf(Decoders.oneOfNumbers(Words.IKE_GROUPS, Words.FOREIGN_GROUPS), false));
    public static final Key<Duration> IKE_LIFETIME =
            Key.optional("lifetime", NetworkDecoders.duration(Duration.ofSeconds(10), Duration.ofSeconds(28_800)));
    public static final KeyTable IKE = new KeyTable(
            List.of(IKE_ENCRYPTION, IKE_INTEGRITY, PRF, IKE_GROUPS, IKE_LIFETIME), Words.FOREIGN_SUITE_KEYS);

    // child SA
    public static final Key<List<Located<EncryptionAlgorithm>>> ESP_ENCRYPTION = encryption();
    public static final Key<List<Located<IntegrityAlgorithm>>> ESP_INTEGRITY = integrity();
    public static final Key<List<Located<KeyExchangeMethod>>> PFS_GROUPS = Key.optional(
            "groups", Decoders.listOf(Decoders.oneOfNumbers(Words.ESP_GROUPS, Words.FOREIGN_GROUPS), true));
    public static final Key<List<SequenceNumbers>> ESN = Key.optional("esn", Decoders.oneOf(Words.ESN, Map.of()));
    public static final Key<Duration> ESP_LIFETIME =
            Key.optional("lifetime", NetworkDecoders.duration(Duration.ofSeconds(10), Duration.ofSeconds(3_600)));
    public static final Key<Integer> REPLAY_WINDOW = Key.optional("replay-window", Decoders.integer(32, 4_096));
    public static final KeyTable ESP = new KeyTable(
            List.of(ESP_ENCRYPTION, ESP_INTEGRITY, PFS_GROUPS, ESN, ESP_LIFETIME, REPLAY_WINDOW),
            Words.FOREIGN_SUITE_KEYS);

    public static final Key<Duration> LIVENESS_INTERVAL =
            Key.optional("interval", NetworkDecoders.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)));
    public static final Key<Duration> LIVENESS_TIMEOUT =
            Key.optional("timeout", NetworkDecoders.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)));
    public static final KeyTable LIVENESS =
            new KeyTable(List.of(LIVENESS_INTERVAL, LIVENESS_TIMEOUT), Map.of("delay", "did you mean 'interval'?"));

    // probes
    public static final Key<List<Located<InetAddress>>> PROBE_TARGETS =
            Key.optional("targets", Decoders.listOf(NetworkDecoders.address(), false));
    public static final Key<Integer> PROBE_QUORUM = Key.optional("quorum", Decoders.integer(1, 8));
    public static final Key<Duration> PROBE_INTERVAL =
            Key.optional("interval", NetworkDecoders.duration(Duration.ofMillis(100), Duration.ofMinutes(1)));
    public static final Key<Duration> PROBE_ACTIVE =
            Key.optional("active-interval", NetworkDecoders.duration(Duration.ofMillis(10), Duration.ofSeconds(10)));
    public static final Key<Duration> PROBE_BURST =
            Key.optional("burst-interval", NetworkDecoders.duration(Duration.ofMillis(5), Duration.ofSeconds(1)));
    public static final Key<Duration> PROBE_TIMEOUT =
            Key.optional("timeout", NetworkDecoders.duration(Duration.ofMillis(50), Duration.ofSeconds(10)));
    public static final Key<Double> FALSE_ALARM = Key.optional("false-alarm", Quantities.number(1e-15, 1e-3));
    public static final Key<Double> DEGRADED_LOSS = Key.optional("degraded-loss", Quantities.percentage(0.1, 50));
    /** What {@link #PROBE_SECTION} holds where it is spelt out. */
    public static final KeyTable PROBE = new KeyTable(
            List.of(
                    PROBE_TARGETS,
                    PROBE_QUORUM,
                    PROBE_INTERVAL,
                    PROBE_ACTIVE,
                    PROBE_BURST,
                    PROBE_TIMEOUT,
                    FALSE_ALARM,
                    DEGRADED_LOSS),
            Words.FOREIGN_PROBE_KEYS);
    /** Stands for the words {@code on} and {@code off}; no key of the file. */
    public static final Key<Boolean> PROBE_ENABLED = Key.optional("probe", Decoders.oneOf(Words.PROBE, Map.of()));

    public static final Key<Section> PROBE_SECTION = Key.optional("probe", ProbeDecoder::decode);

    public static final Key<List<Located<IpPrefix>>> LOCAL_SELECTORS = Key.optional("local", prefixes());
    public static final Key<List<Located<IpPrefix>>> REMOTE_SELECTORS = Key.optional("remote", prefixes());
    public static final KeyTable SELECTORS = new KeyTable(List.of(LOCAL_SELECTORS, REMOTE_SELECTORS), Map.of());

    // settings of a tunnel that may stand once on the connection
    public static final Key<Boolean> ENABLED = Key.optional("enabled", Decoders.flag());
    public static final Key<Startup> STARTUP = Key.optional(
            "startup",
            Decoders.oneOf(
                    Words.ordered("initiate", Startup.INITIATE, "respond", Startup.RESPOND),
                    Map.of("start", "initiate", "add", "respond", "trap", "initiate")));
    public static final Key<Encapsulation> ENCAPSULATION =
            Key.optional("encapsulation", Decoders.oneOf(Words.ENCAPSULATION, Map.of("nat-t", "udp", "raw", "esp")));
    public static final Key<Boolean> LEGACY = Key.optional("legacy", Decoders.flag());
    public static final Key<BindAddress> BIND = Key.optional("bind", NetworkDecoders.bindAddress());
    public static final Key<String> LOCAL_IDENTITY = Key.optional("local", Decoders.text(IDENTITY_TEXT, IDENTITY_RULE));
    public static final Key<Section> IKE_SECTION = Key.section("ike", IKE);
    public static final Key<Section> ESP_SECTION = Key.section("esp", ESP);
    public static final Key<Section> LIVENESS_SECTION = Key.section("liveness", LIVENESS);
    public static final Key<Section> SELECTORS_SECTION = Key.section("selectors", SELECTORS);
    public static final Key<Section> COMMON_OUTSIDE =
            Key.section("outside", new KeyTable(List.of(BIND), Map.of("remote", "it belongs to each tunnel")));
    public static final Key<Section> COMMON_IDENTITY = Key.section(
            "identity", new KeyTable(List.of(LOCAL_IDENTITY), Map.of("remote", "it belongs to each tunnel")));

    // tunnel
    public static final Key<Integer> NUMBER = Key.optional("number", Decoders.integer(1, 2));
    public static final Key<String> PSK_FILE =
            Key.required("psk-file", Decoders.text(FILE, "it is the name of a file"));
    public static final Key<InetAddress> OUTSIDE_REMOTE = Key.required("remote", NetworkDecoders.addressOrAny());
    public static final Key<Section> OUTSIDE =
            Key.requiredSection("outside", new KeyTable(List.of(BIND, OUTSIDE_REMOTE), Words.FOREIGN_ADDRESS_KEYS));
    public static final Key<InsideAddress> INSIDE_LOCAL = Key.required("local", NetworkDecoders.insideAddress());
    public static final Key<InetAddress> INSIDE_REMOTE = Key.required("remote", NetworkDecoders.address());
    public static final Key<Section> INSIDE =
            Key.requiredSection("inside", new KeyTable(List.of(INSIDE_LOCAL, INSIDE_REMOTE), Map.of()));
    public static final Key<String> REMOTE_IDENTITY =
            Key.optional("remote", Decoders.text(IDENTITY_TEXT, IDENTITY_RULE));
    public static final Key<Section> IDENTITY =
            Key.section("identity", new KeyTable(List.of(LOCAL_IDENTITY, REMOTE_IDENTITY), Map.of()));
    public static final KeyTable TUNNEL = new KeyTable(
            joined(List.of(NUMBER, PSK_FILE, OUTSIDE, INSIDE, IDENTITY), inheritable()), Words.FOREIGN_TUNNEL_KEYS);

    // connection
    public static final Key<List<Located<IpPrefix>>> LOCAL = Key.required("local", prefixes());
    public static final Key<List<Located<IpPrefix>>> REMOTE = Key.required("remote", prefixes());
    public static final Key<String> DEVICE_NAME = Key.optional(
            "device", Decoders.text(DEVICE, "a letter, then at most 14 letters, digits, dashes and underscores"));
    public static final Key<Integer> UPLINK_MTU = Key.optional("uplink-mtu", Decoders.integer(576, 9_001));
    public static final Key<DfPolicy> DF = Key.optional("df", Decoders.oneOf(Words.DF_POLICIES, Words.FOREIGN_DF));
    public static final Key<Boolean> PATH_MTU_WATCH = Key.optional("watch", Decoders.flag());
    public static final Key<Duration> PATH_MTU_INTERVAL =
            Key.optional("interval", NetworkDecoders.duration(Duration.ofSeconds(5), Duration.ofHours(1)));
    public static final Key<Duration> PATH_MTU_RAISE =
            Key.optional("raise", NetworkDecoders.duration(Duration.ofSeconds(10), Duration.ofHours(24)));
    public static final Key<Section> PATH_MTU =
            Key.section("path-mtu", new KeyTable(List.of(PATH_MTU_WATCH, PATH_MTU_INTERVAL, PATH_MTU_RAISE), Map.of()));
    public static final Key<Integer> PREFERRED_TUNNEL = Key.optional("preferred-tunnel", Decoders.integer(1, 2));
    public static final Key<Duration> HOLD_DOWN =
            Key.optional("hold-down", NetworkDecoders.duration(Duration.ZERO, Duration.ofHours(24)));
    public static final Key<Duration> MAX_HOLD_DOWN =
            Key.optional("max-hold-down", NetworkDecoders.duration(Duration.ZERO, Duration.ofHours(24)));
    public static final Key<Duration> FAIL_BACK = Key.optional(
            "fail-back",
            Decoders.wordOr(
                    "never", Duration.ZERO, NetworkDecoders.duration(Duration.ofSeconds(1), Duration.ofHours(24))));
    public static final Key<FailoverConfig.Policy> POLICY =
            Key.optional("policy", Decoders.oneOf(Words.POLICIES, Words.FOREIGN_POLICIES));
    public static final Key<Boolean> PULL_RETURN = Key.optional("pull-return", Decoders.flag());
    public static final Key<List<Located<Section>>> TUNNELS =
            Key.required("tunnels", Decoders.listOf(TUNNEL::decode, false));
    public static final KeyTable CONNECTION = new KeyTable(
            joined(
                    List.of(
                            LOCAL,
                            REMOTE,
                            DEVICE_NAME,
                            UPLINK_MTU,
                            DF,
                            PATH_MTU,
                            POLICY,
                            PREFERRED_TUNNEL,
                            HOLD_DOWN,
                            MAX_HOLD_DOWN,
                            FAIL_BACK,
                            PULL_RETURN,
                            TUNNELS),
                    joined(List.of(COMMON_OUTSIDE, COMMON_IDENTITY), inheritable())),
            Words.FOREIGN_CONNECTION_KEYS);

    // packet path
    public static final Key<CryptoEngine> CRYPTO_ENGINE =
            Key.optional("crypto-engine", Decoders.oneOf(Words.CRYPTO_ENGINES, Words.FOREIGN_ENGINES));
    public static final Key<Boolean> OFFLOADS = Key.optional("offloads", Decoders.flag());
    public static final Key<Integer> SOCKET_BUFFER =
            Key.optional("socket-buffer", Quantities.octets(64 << 10, 64 << 20));
    public static final Key<Duration> BUSY_POLL = Key.optional(
            "busy-poll",
            Decoders.wordOr(
                    "off", Duration.ZERO, NetworkDecoders.duration(Duration.ofNanos(1_000), Duration.ofMillis(1))));
    public static final Key<Integer> SEALING_WORKERS = Key.optional("sealing-workers", Decoders.integer(0, 16));
    public static final Key<Long> PACING_RATE = Key.optional("rate", Quantities.bitRate(1_000_000L, 100_000_000_000L));
    public static final Key<Integer> PACING_PACKETS = Key.optional("packets", Decoders.integer(100, 100_000_000));
    /** The limits of {@link #PACING}, where they are spelt out. */
    public static final KeyTable PACING_LIMITS =
            new KeyTable(List.of(PACING_RATE, PACING_PACKETS), Map.of("pps", "did you mean 'packets'?"));

    public static final Key<Pacing> PACING = Key.optional("pacing", PacingDecoder::decode);
    public static final Key<Duration> QUEUE_TARGET =
            Key.optional("target", NetworkDecoders.duration(Duration.ofNanos(100_000), Duration.ofMillis(100)));
    public static final Key<Duration> QUEUE_INTERVAL =
            Key.optional("interval", NetworkDecoders.duration(Duration.ofMillis(1), Duration.ofSeconds(1)));
    public static final Key<Section> QUEUE =
            Key.section("queue", new KeyTable(List.of(QUEUE_TARGET, QUEUE_INTERVAL), Map.of()));
    public static final Key<Section> DATA_PLANE = Key.section(
            "dataplane",
            new KeyTable(
                    List.of(CRYPTO_ENGINE, OFFLOADS, SOCKET_BUFFER, BUSY_POLL, SEALING_WORKERS, PACING, QUEUE),
                    Words.FOREIGN_DATA_PLANE_KEYS));

    // API
    public static final Key<String> READ_GROUP = Key.optional("read-group", Decoders.text(GROUP, GROUP_RULE));
    public static final Key<String> CHANGE_GROUP = Key.optional("change-group", Decoders.text(GROUP, GROUP_RULE));
    public static final Key<String> ADMIN_GROUP = Key.optional("admin-group", Decoders.text(GROUP, GROUP_RULE));
    public static final Key<InetSocketAddress> LISTEN = Key.optional("listen", ApiDecoders.listen());
    public static final Key<List<Located<String>>> HOSTS = Key.optional(
            "hosts", Decoders.listOf(Decoders.text(HOST, "a host name in lower case, without a port"), false));
    public static final Key<String> TOKENS = Key.optional("tokens", Decoders.text(FILE, "it is the name of a file"));
    public static final Key<String> CERTIFICATE =
            Key.required("certificate", Decoders.text(FILE, "it is the name of a file"));
    public static final Key<String> TLS_KEY = Key.required("key", Decoders.text(FILE, "it is the name of a file"));
    public static final Key<String> CLIENT_CA =
            Key.optional("client-ca", Decoders.text(FILE, "it is the name of a file"));
    public static final Key<String> SUBJECT = Key.required("subject", ApiDecoders.subject());
    public static final Key<Role> CLIENT_ROLE = Key.required("role", Decoders.oneOf(Words.ROLES, Words.FOREIGN_ROLES));
    public static final KeyTable CLIENT = new KeyTable(List.of(SUBJECT, CLIENT_ROLE), Map.of());
    public static final Key<List<Located<Section>>> CLIENTS =
            Key.optional("clients", Decoders.listOf(CLIENT::decode, false));
    public static final Key<Section> TLS =
            Key.section("tls", new KeyTable(List.of(CERTIFICATE, TLS_KEY, CLIENT_CA, CLIENTS), Words.FOREIGN_TLS_KEYS));
    public static final Key<Section> API = Key.section(
            "api",
            new KeyTable(
                    List.of(READ_GROUP, CHANGE_GROUP, ADMIN_GROUP, LISTEN, HOSTS, TOKENS, TLS),
                    Words.FOREIGN_API_KEYS));

    // metrics
    public static final Key<String> OTLP_URL = Key.required(
            "url", Decoders.text(URL, "an http or https URL, as in https://collector.example:4318/v1/metrics"));
    public static final Key<Duration> OTLP_INTERVAL =
            Key.optional("interval", NetworkDecoders.duration(Duration.ofSeconds(1), Duration.ofHours(1)));
    public static final Key<String> OTLP_HEADERS =
            Key.optional("headers", Decoders.text(FILE, "it is the name of a file"));
    public static final Key<Section> OTLP =
            Key.section("otlp", new KeyTable(List.of(OTLP_URL, OTLP_INTERVAL, OTLP_HEADERS), Words.FOREIGN_OTLP_KEYS));
    public static final Key<Section> METRICS =
            Key.section("metrics", new KeyTable(List.of(OTLP), Words.FOREIGN_METRICS_KEYS));

    // document
    public static final Key<Integer> FORMAT_VERSION = Key.required("version", Decoders.integer(VERSION, VERSION));
    public static final Key<List<NamedSection>> CONNECTIONS =
            Key.required("connections", new NamedSections(CONNECTION, NAME)::decode);
    public static final KeyTable DOCUMENT = new KeyTable(
            List.of(FORMAT_VERSION, DATA_PLANE, API, METRICS, CONNECTIONS),
            Map.of("connection", "did you mean 'connections'?"));

    private ConfigKeys() {}

    private static List<Key<?>> inheritable() {
        return List.of(
                ENABLED,
                STARTUP,
                ENCAPSULATION,
                LEGACY,
                IKE_SECTION,
                ESP_SECTION,
                LIVENESS_SECTION,
                PROBE_SECTION,
                SELECTORS_SECTION);
    }

    private static List<Key<?>> joined(List<? extends Key<?>> first, List<? extends Key<?>> second) {
        List<Key<?>> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static Key<List<Located<EncryptionAlgorithm>>> encryption() {
        return Key.optional(
                "encryption", Decoders.listOf(Decoders.oneOf(Words.ENCRYPTION, Words.FOREIGN_ENCRYPTION), false));
    }

    private static Key<List<Located<IntegrityAlgorithm>>> integrity() {
        return Key.optional(
                "integrity", Decoders.listOf(Decoders.oneOf(Words.INTEGRITY, Words.FOREIGN_INTEGRITY), false));
    }

    private static ValueDecoder<List<Located<IpPrefix>>> prefixes() {
        return Decoders.listOf(NetworkDecoders.prefix(), false);
    }
}
