package io.twinspan.config.bind;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.DataPlaneConfig;
import io.twinspan.config.model.FailoverConfig;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.MtuConfig;
import io.twinspan.config.model.ProbeConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.config.model.TunnelConfig.BindAddress;
import io.twinspan.config.model.TunnelConfig.Encapsulation;
import io.twinspan.config.model.TunnelConfig.Startup;
import io.twinspan.config.source.Located;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.secret.SecretBytes;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Makes the model from a document in which no error was found; missing required values are a bug here, not an input. */
public final class ModelBuilder {
    private static final IpPrefix ALL_IPV4 = IpPrefix.parse("0.0.0.0/0");
    private static final IpPrefix ALL_IPV6 = IpPrefix.parse("::/0");

    private static final Map<Key<Duration>, Duration> PROBE_TIMES = Map.of(
            ConfigKeys.PROBE_INTERVAL, Defaults.PROBE_INTERVAL,
            ConfigKeys.PROBE_ACTIVE, Defaults.PROBE_ACTIVE_INTERVAL,
            ConfigKeys.PROBE_BURST, Defaults.PROBE_BURST_INTERVAL,
            ConfigKeys.PROBE_TIMEOUT, Defaults.PROBE_TIMEOUT);

    private ModelBuilder() {}

    /**
     * The model of a document.
     *
     * @param document what the connections came from
     * @param secrets the pre-shared key of every tunnel by {@link TunnelView#label}
     * @param files the file that a name in the document stands for
     */
    public static GatewayConfig build(
            Section document,
            List<ConnectionView> connections,
            Map<String, SecretBytes> secrets,
            Function<String, Path> files) {
        List<ConnectionConfig> models = connections.stream()
                .map(connection -> connection(connection, secrets))
                .toList();
        return new GatewayConfig(
                dataPlane(document), ApiBuilder.build(document, files), MetricsBuilder.build(document, files), models);
    }

    /** The settings of the packet path, each as given or by default. */
    public static DataPlaneConfig dataPlane(Section document) {
        Optional<Section> section = document.find(ConfigKeys.DATA_PLANE).map(Located::value);
        Optional<Section> queue =
                section.flatMap(given -> given.find(ConfigKeys.QUEUE)).map(Located::value);
        DataPlaneConfig defaults = Defaults.DATA_PLANE;
        return new DataPlaneConfig(
                or(section, ConfigKeys.CRYPTO_ENGINE, defaults.cryptoEngine()),
                or(section, ConfigKeys.OFFLOADS, defaults.offloads()),
                or(section, ConfigKeys.SOCKET_BUFFER, defaults.socketBufferOctets()),
                or(section, ConfigKeys.BUSY_POLL, defaults.busyPoll()),
                or(section, ConfigKeys.SEALING_WORKERS, defaults.sealingWorkers()),
                or(section, ConfigKeys.PACING, defaults.pacing()),
                or(queue, ConfigKeys.QUEUE_TARGET, defaults.queueTarget()),
                or(queue, ConfigKeys.QUEUE_INTERVAL, defaults.queueInterval()));
    }

    /** The selectors of one side: as given, or everything of the family of the inside addresses. */
    public static List<IpPrefix> selectors(TunnelView tunnel, Key<List<Located<IpPrefix>>> side) {
        boolean ipv6 = tunnel.own(ConfigKeys.INSIDE, ConfigKeys.INSIDE_LOCAL)
                .map(inside -> inside.value().address().getAddress().length == 16)
                .orElse(false);
        return tunnel.find(ConfigKeys.SELECTORS_SECTION, side)
                .map(ModelBuilder::plain)
                .orElse(List.of(ipv6 ? ALL_IPV6 : ALL_IPV4));
    }

    /** Where to send from: as given, or as the route to the peer says. */
    public static BindAddress bind(TunnelView tunnel) {
        return or(
                tunnel.find(ConfigKeys.OUTSIDE, ConfigKeys.COMMON_OUTSIDE, ConfigKeys.BIND),
                new BindAddress.OfRouteToPeer());
    }

    private static ConnectionConfig connection(ConnectionView view, Map<String, SecretBytes> secrets) {
        Section section = view.section();
        List<TunnelConfig> tunnels = view.tunnels().stream()
                .map(tunnel -> tunnel(tunnel, secrets))
                .sorted(Comparator.comparingInt(TunnelConfig::number))
                .toList();
        return new ConnectionConfig(
                view.name(),
                view.device(),
                plain(section.find(ConfigKeys.LOCAL).orElseThrow()),
                plain(section.find(ConfigKeys.REMOTE).orElseThrow()),
                or(section.find(ConfigKeys.UPLINK_MTU), Defaults.UPLINK_MTU_BYTES),
                mtu(section),
                failover(section, tunnels.getFirst().number()),
                tunnels);
    }

    private static FailoverConfig failover(Section section, int firstTunnel) {
        Duration holdDown = or(section.find(ConfigKeys.HOLD_DOWN), Defaults.HOLD_DOWN);
        return new FailoverConfig(
                or(section.find(ConfigKeys.POLICY), Defaults.POLICY),
                or(section.find(ConfigKeys.PREFERRED_TUNNEL), firstTunnel),
                holdDown,
                or(section.find(ConfigKeys.MAX_HOLD_DOWN), longer(holdDown, Defaults.MAX_HOLD_DOWN)),
                or(section.find(ConfigKeys.FAIL_BACK), Defaults.FAIL_BACK),
                or(section.find(ConfigKeys.PULL_RETURN), true));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static MtuConfig mtu(Section connection) {
        Optional<Section> watch = connection.find(ConfigKeys.PATH_MTU).map(Located::value);
        MtuConfig defaults = Defaults.MTU;
        return new MtuConfig(
                or(connection.find(ConfigKeys.DF), defaults.df()),
                or(watch, ConfigKeys.PATH_MTU_WATCH, defaults.watch()),
                or(watch, ConfigKeys.PATH_MTU_INTERVAL, defaults.interval()),
                or(watch, ConfigKeys.PATH_MTU_RAISE, defaults.raise()));
    }

    private static TunnelConfig tunnel(TunnelView view, Map<String, SecretBytes> secrets) {
        InetAddress remote = view.own(ConfigKeys.OUTSIDE, ConfigKeys.OUTSIDE_REMOTE)
                .orElseThrow()
                .value();
        InsideAddress inside = view.own(ConfigKeys.INSIDE, ConfigKeys.INSIDE_LOCAL)
                .orElseThrow()
                .value();
        BindAddress bind = bind(view);
        return new TunnelConfig(
                view.number(),
                or(view.find(ConfigKeys.ENABLED), true),
                or(view.find(ConfigKeys.STARTUP), Startup.INITIATE),
                bind,
                remote,
                inside.address(),
                view.own(ConfigKeys.INSIDE, ConfigKeys.INSIDE_REMOTE)
                        .orElseThrow()
                        .value(),
                inside.prefixLength(),
                localIdentity(view).orElseThrow(),
                or(view.own(ConfigKeys.IDENTITY, ConfigKeys.REMOTE_IDENTITY), remote.getHostAddress()),
                secret(view, secrets),
                or(view.find(ConfigKeys.ENCAPSULATION), Encapsulation.AUTO),
                Suites.ike(view),
                Suites.esp(view),
                selectors(view, ConfigKeys.LOCAL_SELECTORS),
                selectors(view, ConfigKeys.REMOTE_SELECTORS),
                ikeLifetime(view),
                espLifetime(view),
                livenessInterval(view),
                livenessTimeout(view),
                or(view.find(ConfigKeys.ESP_SECTION, ConfigKeys.REPLAY_WINDOW), Defaults.REPLAY_WINDOW_PACKETS),
                probe(view));
    }

    /** Who we say we are: as given, or the address we send from where that is fixed. */
    public static Optional<String> localIdentity(TunnelView view) {
        return view.find(ConfigKeys.IDENTITY, ConfigKeys.COMMON_IDENTITY, ConfigKeys.LOCAL_IDENTITY)
                .map(Located::value)
                .or(() -> switch (bind(view)) {
                    case BindAddress.Fixed(InetAddress address) -> Optional.of(address.getHostAddress());
                    case BindAddress.OfRouteToPeer() -> Optional.empty();
                });
    }

    /** Lifetime of the IKE SA. */
    public static Duration ikeLifetime(TunnelView view) {
        return or(view.find(ConfigKeys.IKE_SECTION, ConfigKeys.IKE_LIFETIME), Defaults.IKE_LIFETIME);
    }

    /** Lifetime of the child SA, by default not above the IKE SA's. */
    public static Duration espLifetime(TunnelView view) {
        Duration ike = ikeLifetime(view);
        Duration fitting = ike.compareTo(Defaults.ESP_LIFETIME) < 0 ? ike : Defaults.ESP_LIFETIME;
        return or(view.find(ConfigKeys.ESP_SECTION, ConfigKeys.ESP_LIFETIME), fitting);
    }

    /** Silence before a liveness check. */
    public static Duration livenessInterval(TunnelView view) {
        return or(view.find(ConfigKeys.LIVENESS_SECTION, ConfigKeys.LIVENESS_INTERVAL), Defaults.LIVENESS_INTERVAL);
    }

    /** How long a liveness check may stay unanswered. */
    public static Duration livenessTimeout(TunnelView view) {
        return or(view.find(ConfigKeys.LIVENESS_SECTION, ConfigKeys.LIVENESS_TIMEOUT), Defaults.LIVENESS_TIMEOUT);
    }

    /** One of the times of {@code probe}, as given or by default. */
    public static Duration probeTime(TunnelView view, Key<Duration> key) {
        return or(view.find(ConfigKeys.PROBE_SECTION, key), Objects.requireNonNull(PROBE_TIMES.get(key)));
    }

    private static ProbeConfig probe(TunnelView view) {
        List<InetAddress> targets = view.find(ConfigKeys.PROBE_SECTION, ConfigKeys.PROBE_TARGETS)
                .map(found -> found.value().stream().map(Located::value).toList())
                .orElseGet(() -> List.of(view.own(ConfigKeys.INSIDE, ConfigKeys.INSIDE_REMOTE)
                        .orElseThrow()
                        .value()));
        return new ProbeConfig(
                or(view.find(ConfigKeys.PROBE_SECTION, ConfigKeys.PROBE_ENABLED), true),
                targets,
                or(view.find(ConfigKeys.PROBE_SECTION, ConfigKeys.PROBE_QUORUM), targets.size()),
                probeTime(view, ConfigKeys.PROBE_INTERVAL),
                probeTime(view, ConfigKeys.PROBE_ACTIVE),
                probeTime(view, ConfigKeys.PROBE_BURST),
                probeTime(view, ConfigKeys.PROBE_TIMEOUT),
                or(view.find(ConfigKeys.PROBE_SECTION, ConfigKeys.FALSE_ALARM), Defaults.PROBE_FALSE_ALARM),
                or(view.find(ConfigKeys.PROBE_SECTION, ConfigKeys.DEGRADED_LOSS), Defaults.PROBE_DEGRADED_LOSS));
    }

    private static SecretBytes secret(TunnelView view, Map<String, SecretBytes> secrets) {
        return Optional.ofNullable(secrets.get(view.label())).orElseThrow();
    }

    private static List<IpPrefix> plain(Located<List<Located<IpPrefix>>> prefixes) {
        return prefixes.value().stream().map(Located::value).toList();
    }

    private static <T> T or(Optional<Section> section, Key<T> key, T otherwise) {
        return or(section.flatMap(given -> given.find(key)), otherwise);
    }

    private static <T> T or(Optional<Located<T>> given, T otherwise) {
        return given.map(Located::value).orElse(otherwise);
    }
}
