package io.twinspan.config.diff;

import static io.twinspan.config.diff.Disturbance.CONNECTION;
import static io.twinspan.config.diff.Disturbance.DAEMON;
import static io.twinspan.config.diff.Disturbance.LIVE;
import static io.twinspan.config.diff.Disturbance.NEXT_SA;
import static io.twinspan.config.diff.Disturbance.TUNNEL;

import io.twinspan.config.bind.Durations;
import io.twinspan.config.bind.Quantities;
import io.twinspan.config.model.ApiConfig;
import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.DataPlaneConfig;
import io.twinspan.config.model.FailoverConfig;
import io.twinspan.config.model.MetricsConfig;
import io.twinspan.config.model.MtuConfig;
import io.twinspan.config.model.ProbeConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.config.model.TunnelConfig.BindAddress;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every setting of the model with what its change disturbs. */
final class Settings {
    /** Components that are sections, names or numbers, compared by {@link ConfigDelta} itself. */
    static final Set<String> STRUCTURE = Set.of(
            "GatewayConfig.dataPlane",
            "GatewayConfig.api",
            "GatewayConfig.metrics",
            "GatewayConfig.connections",
            "ConnectionConfig.name",
            "ConnectionConfig.mtu",
            "ConnectionConfig.failover",
            "ConnectionConfig.tunnels",
            "TunnelConfig.number",
            "TunnelConfig.probe");

    static final List<Setting<DataPlaneConfig>> DATA_PLANE = List.of(
            of("cryptoEngine", "crypto-engine", it -> it.cryptoEngine().label(), DAEMON),
            of("offloads", "offloads", DataPlaneConfig::offloads, DAEMON),
            of("socketBufferOctets", "socket-buffer", it -> Quantities.shownOctets(it.socketBufferOctets()), DAEMON),
            of("busyPoll", "busy-poll", it -> it.busyPoll().isZero() ? "off" : shown(it.busyPoll()), DAEMON),
            of("sealingWorkers", "sealing-workers", DataPlaneConfig::sealingWorkers, DAEMON),
            of("pacing", "pacing", it -> pacing(it.pacing()), LIVE),
            of("queueTarget", "queue.target", it -> shown(it.queueTarget()), DAEMON),
            of("queueInterval", "queue.interval", it -> shown(it.queueInterval()), DAEMON));

    static final List<Setting<ApiConfig>> API = List.of(
            of("groups", "read-group", it -> word(it.groups().read()), DAEMON),
            of("groups", "change-group", it -> word(it.groups().change()), DAEMON),
            of("groups", "admin-group", it -> word(it.groups().admin()), DAEMON),
            of("listener", "listen", it -> listener(it, Settings::address), DAEMON),
            of("listener", "hosts", it -> listener(it, listener -> String.join(", ", listener.hosts())), DAEMON),
            of("listener", "tokens", it -> listener(it, listener -> file(listener.tokens())), DAEMON),
            of("listener", "tls", it -> listener(it, listener -> tls(listener.tls())), DAEMON));

    static final List<Setting<MetricsConfig>> METRICS = List.of(of("otlp", "otlp", it -> otlp(it.otlp()), DAEMON));

    static final List<Setting<ConnectionConfig>> CONNECTION_KEYS = List.of(
            of("device", "device", ConnectionConfig::device, CONNECTION),
            of("localPrefixes", "local", it -> each(it.localPrefixes(), Object::toString), LIVE),
            of("remotePrefixes", "remote", it -> each(it.remotePrefixes(), Object::toString), LIVE),
            of("uplinkMtuBytes", "uplink-mtu", ConnectionConfig::uplinkMtuBytes, LIVE));

    static final List<Setting<MtuConfig>> MTU = List.of(
            of("df", "df", it -> it.df().label(), LIVE),
            of("watch", "path-mtu.watch", MtuConfig::watch, LIVE),
            of("interval", "path-mtu.interval", it -> shown(it.interval()), LIVE),
            of("raise", "path-mtu.raise", it -> shown(it.raise()), LIVE));

    static final List<Setting<FailoverConfig>> FAILOVER = List.of(
            of("policy", "policy", it -> it.policy().label(), LIVE),
            of("preferredTunnel", "preferred-tunnel", FailoverConfig::preferredTunnel, LIVE),
            of("holdDown", "hold-down", it -> shown(it.holdDown()), LIVE),
            of("maxHoldDown", "max-hold-down", it -> shown(it.maxHoldDown()), LIVE),
            of("failBack", "fail-back", it -> it.failBack().isZero() ? "never" : shown(it.failBack()), LIVE),
            of("pullReturn", "pull-return", FailoverConfig::pullReturn, LIVE));

    static final List<Setting<TunnelConfig>> TUNNEL_KEYS = List.of(
            of("enabled", "enabled", TunnelConfig::enabled, TUNNEL),
            of("startup", "startup", it -> word(it.startup()), TUNNEL),
            of("bind", "outside.bind", it -> bind(it.bind()), TUNNEL),
            of("outsideRemote", "outside.remote", it -> address(it.outsideRemote()), TUNNEL),
            of("insideLocal", "inside.local", it -> address(it.insideLocal()), CONNECTION),
            of("insideRemote", "inside.remote", it -> address(it.insideRemote()), CONNECTION),
            of("insidePrefixLength", "inside.prefix-length", TunnelConfig::insidePrefixLength, CONNECTION),
            of("localIdentity", "identity.local", TunnelConfig::localIdentity, TUNNEL),
            of("remoteIdentity", "identity.remote", TunnelConfig::remoteIdentity, TUNNEL),
            new Setting<>("preSharedKey", "psk-file", TunnelConfig::preSharedKey, true, TUNNEL),
            of("encapsulation", "encapsulation", it -> word(it.encapsulation()), TUNNEL),
            of(
                    "ikeProposals",
                    "ike.encryption",
                    it -> ike(it, IkeProposal::encryption, EncryptionAlgorithm::label),
                    TUNNEL),
            of(
                    "ikeProposals",
                    "ike.integrity",
                    it -> ike(it, IkeProposal::integrity, IntegrityAlgorithm::label),
                    TUNNEL),
            of(
                    "ikeProposals",
                    "ike.prf",
                    it -> ike(it, IkeProposal::pseudorandomFunctions, PseudorandomFunction::label),
                    TUNNEL),
            of("ikeProposals", "ike.groups", it -> ike(it, IkeProposal::keyExchange, KeyExchangeMethod::label), TUNNEL),
            of(
                    "espProposals",
                    "esp.encryption",
                    it -> esp(it, EspProposal::encryption, EncryptionAlgorithm::label),
                    TUNNEL),
            of(
                    "espProposals",
                    "esp.integrity",
                    it -> esp(it, EspProposal::integrity, IntegrityAlgorithm::label),
                    TUNNEL),
            of("espProposals", "esp.groups", it -> esp(it, EspProposal::keyExchange, KeyExchangeMethod::label), TUNNEL),
            of("espProposals", "esp.esn", it -> esp(it, EspProposal::sequenceNumbers, Settings::word), TUNNEL),
            of("localSelectors", "selectors.local", it -> each(it.localSelectors(), Object::toString), TUNNEL),
            of("remoteSelectors", "selectors.remote", it -> each(it.remoteSelectors(), Object::toString), TUNNEL),
            of("ikeLifetime", "ike.lifetime", it -> shown(it.ikeLifetime()), NEXT_SA),
            of("espLifetime", "esp.lifetime", it -> shown(it.espLifetime()), NEXT_SA),
            of("livenessInterval", "liveness.interval", it -> shown(it.livenessInterval()), LIVE),
            of("livenessTimeout", "liveness.timeout", it -> shown(it.livenessTimeout()), LIVE),
            of("replayWindowPackets", "esp.replay-window", TunnelConfig::replayWindowPackets, NEXT_SA));

    static final List<Setting<ProbeConfig>> PROBE = List.of(
            of("enabled", "enabled", it -> it.enabled() ? "on" : "off", LIVE),
            of("targets", "targets", it -> each(it.targets(), Settings::address), LIVE),
            of("quorum", "quorum", ProbeConfig::quorum, LIVE),
            of("interval", "interval", it -> shown(it.interval()), LIVE),
            of("activeInterval", "active-interval", it -> shown(it.activeInterval()), LIVE),
            of("burstInterval", "burst-interval", it -> shown(it.burstInterval()), LIVE),
            of("timeout", "timeout", it -> shown(it.timeout()), LIVE),
            of("falseAlarm", "false-alarm", it -> Quantities.shownNumber(it.falseAlarm()), LIVE),
            of("degradedLoss", "degraded-loss", it -> Quantities.shownPercentage(it.degradedLoss()), LIVE));

    private Settings() {}

    private static <R> Setting<R> of(String component, String key, Function<R, Object> value, Disturbance disturbs) {
        return new Setting<>(component, key, value, false, disturbs);
    }

    private static String word(String text) {
        return text.isEmpty() ? "none" : text;
    }

    private static String listener(ApiConfig config, Function<ApiConfig.Listener, String> part) {
        return config.listener() == null ? "none" : word(part.apply(config.listener()));
    }

    private static String address(ApiConfig.Listener listener) {
        return listener.address().getHostAddress() + " port " + listener.port();
    }

    private static String file(@Nullable Path file) {
        return file == null ? "none" : file.toString();
    }

    private static String tls(ApiConfig.@Nullable Tls tls) {
        if (tls == null) {
            return "none";
        }
        String clients = String.join(
                ", ",
                each(
                        tls.clients(),
                        client -> client.subject() + " as " + client.role().label()));
        return "certificate " + tls.certificate() + ", key " + tls.key() + ", client-ca " + file(tls.clientCa())
                + (clients.isEmpty() ? "" : ", clients " + clients);
    }

    private static String otlp(MetricsConfig.@Nullable Otlp otlp) {
        return otlp == null
                ? "none"
                : otlp.url() + " every " + shown(otlp.interval()) + ", headers " + file(otlp.headers());
    }

    private static String shown(Duration duration) {
        return Durations.shown(duration);
    }

    private static String address(InetAddress address) {
        return address.isAnyLocalAddress() ? "any" : address.getHostAddress();
    }

    private static String bind(BindAddress bind) {
        return switch (bind) {
            case BindAddress.OfRouteToPeer() -> "auto";
            case BindAddress.Fixed(InetAddress address) -> address.getHostAddress();
        };
    }

    private static String pacing(DataPlaneConfig.Pacing pacing) {
        if (!pacing.limits()) {
            return "off";
        }
        String rate = pacing.bitsPerSecond() == 0 ? "" : "rate " + Quantities.shownBitRate(pacing.bitsPerSecond());
        String packets = pacing.packetsPerSecond() == 0 ? "" : "packets " + pacing.packetsPerSecond();
        return rate.isEmpty() || packets.isEmpty() ? rate + packets : rate + ", " + packets;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T> List<String> each(List<T> values, Function<T, String> shown) {
        return values.stream().map(shown).toList();
    }

    /** One key of the file may stand in several proposals, since AEAD and other ciphers cannot share one. */
    private static <T> List<String> ike(
            TunnelConfig tunnel, Function<IkeProposal, List<T>> part, Function<T, String> shown) {
        return tunnel.ikeProposals().stream()
                .flatMap(proposal -> part.apply(proposal).stream())
                .distinct()
                .map(shown)
                .toList();
    }

    private static <T> List<String> esp(
            TunnelConfig tunnel, Function<EspProposal, List<T>> part, Function<T, String> shown) {
        return tunnel.espProposals().stream()
                .flatMap(proposal -> part.apply(proposal).stream())
                .distinct()
                .map(shown)
                .toList();
    }
}
