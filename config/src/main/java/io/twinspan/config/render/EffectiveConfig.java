package io.twinspan.config.render;

import io.twinspan.config.bind.ApiDecoders;
import io.twinspan.config.bind.Durations;
import io.twinspan.config.bind.Quantities;
import io.twinspan.config.model.ApiConfig;
import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.DataPlaneConfig;
import io.twinspan.config.model.DataPlaneConfig.Pacing;
import io.twinspan.config.model.FailoverConfig;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.MetricsConfig;
import io.twinspan.config.model.MtuConfig;
import io.twinspan.config.model.ProbeConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.config.model.TunnelConfig.BindAddress;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prints a configuration in one canonical order, with the file's own words. Two configurations that behave alike print alike,
 * except for their keys, which show as a length.
 */
public final class EffectiveConfig {
    private final StringBuilder text = new StringBuilder();

    private EffectiveConfig() {}

    /** The whole configuration, one setting a line. */
    public static String render(GatewayConfig config) {
        EffectiveConfig print = new EffectiveConfig();
        print.line(0, "version: 1");
        print.dataPlane(config.dataPlane());
        print.api(config.api());
        print.metrics(config.metrics());
        print.line(0, "connections:");
        config.connections().forEach(print::connection);
        return print.text.toString();
    }

    private void dataPlane(DataPlaneConfig config) {
        line(0, "dataplane:");
        value(1, "crypto-engine", config.cryptoEngine().label());
        value(1, "offloads", config.offloads());
        value(1, "socket-buffer", Quantities.shownOctets(config.socketBufferOctets()));
        value(1, "busy-poll", config.busyPoll().isZero() ? "off" : Durations.shown(config.busyPoll()));
        value(1, "sealing-workers", config.sealingWorkers());
        pacing(config.pacing());
        line(1, "queue:");
        value(2, "target", Durations.shown(config.queueTarget()));
        value(2, "interval", Durations.shown(config.queueInterval()));
    }

    private void api(ApiConfig config) {
        if (config.equals(ApiConfig.DEFAULT)) {
            return;
        }
        line(0, "api:");
        given(1, "read-group", config.groups().read());
        given(1, "change-group", config.groups().change());
        given(1, "admin-group", config.groups().admin());
        ApiConfig.Listener listener = config.listener();
        if (listener != null) {
            listener(listener);
        }
    }

    private void metrics(MetricsConfig config) {
        MetricsConfig.Otlp otlp = config.otlp();
        if (otlp != null) {
            line(0, "metrics:");
            line(1, "otlp:");
            value(2, "url", otlp.url());
            value(2, "interval", Durations.shown(otlp.interval()));
            given(2, "headers", shown(otlp.headers()));
        }
    }

    private void listener(ApiConfig.Listener listener) {
        value(1, "listen", "\"" + ApiDecoders.shown(new InetSocketAddress(listener.address(), listener.port())) + "\"");
        if (!listener.hosts().isEmpty()) {
            value(1, "hosts", listed(listener.hosts(), Function.identity()));
        }
        given(1, "tokens", shown(listener.tokens()));
        ApiConfig.Tls tls = listener.tls();
        if (tls == null) {
            return;
        }
        line(1, "tls:");
        value(2, "certificate", tls.certificate());
        value(2, "key", tls.key());
        given(2, "client-ca", shown(tls.clientCa()));
        if (!tls.clients().isEmpty()) {
            line(2, "clients:");
            tls.clients()
                    .forEach(client -> line(
                            3,
                            "- { subject: '" + client.subject() + "', role: "
                                    + client.role().label() + " }"));
        }
    }

    private static String shown(@Nullable Path file) {
        return file == null ? "" : file.toString();
    }

    private void given(int depth, String key, String value) {
        if (!value.isEmpty()) {
            value(depth, key, value.matches("[0-9]+") ? "\"" + value + "\"" : value);
        }
    }

    private void pacing(Pacing pacing) {
        line(1, pacing.limits() ? "pacing:" : "pacing: off");
        if (pacing.bitsPerSecond() > 0) {
            value(2, "rate", Quantities.shownBitRate(pacing.bitsPerSecond()));
        }
        if (pacing.packetsPerSecond() > 0) {
            value(2, "packets", pacing.packetsPerSecond());
        }
    }

    private void connection(ConnectionConfig connection) {
        line(1, connection.name() + ":");
        value(2, "local", listed(connection.localPrefixes(), IpPrefix::toString));
        value(2, "remote", listed(connection.remotePrefixes(), IpPrefix::toString));
        value(2, "device", connection.device());
        value(2, "uplink-mtu", connection.uplinkMtuBytes());
        mtu(connection.mtu());
        failover(connection.failover());
        line(2, "tunnels:");
        connection.tunnels().forEach(this::tunnel);
    }

    private void failover(FailoverConfig failover) {
        value(2, "policy", failover.policy().label());
        value(2, "preferred-tunnel", failover.preferredTunnel());
        value(2, "hold-down", Durations.shown(failover.holdDown()));
        value(2, "max-hold-down", Durations.shown(failover.maxHoldDown()));
        value(2, "fail-back", failover.failBack().isZero() ? "never" : Durations.shown(failover.failBack()));
        value(2, "pull-return", failover.pullReturn());
    }

    private void mtu(MtuConfig mtu) {
        value(2, "df", mtu.df().label());
        line(2, "path-mtu:");
        value(3, "watch", mtu.watch());
        value(3, "interval", Durations.shown(mtu.interval()));
        value(3, "raise", Durations.shown(mtu.raise()));
    }

    private void tunnel(TunnelConfig tunnel) {
        line(3, "- number: " + tunnel.number());
        value(4, "pre-shared-key", "(secret, " + tunnel.preSharedKey().length() + " characters)");
        value(4, "enabled", tunnel.enabled());
        value(4, "startup", tunnel.startup().name().toLowerCase(Locale.ROOT));
        value(4, "encapsulation", tunnel.encapsulation().name().toLowerCase(Locale.ROOT));
        line(4, "outside:");
        value(5, "bind", bind(tunnel.bind()));
        value(5, "remote", tunnel.outsideRemote().isAnyLocalAddress() ? "any" : shown(tunnel.outsideRemote()));
        line(4, "inside:");
        value(5, "local", shown(tunnel.insideLocal()) + "/" + tunnel.insidePrefixLength());
        value(5, "remote", shown(tunnel.insideRemote()));
        line(4, "identity:");
        value(5, "local", tunnel.localIdentity());
        value(5, "remote", tunnel.remoteIdentity());
        line(4, "ike:");
        line(5, "proposals:");
        tunnel.ikeProposals().forEach(proposal -> line(6, "- " + ike(proposal)));
        value(5, "lifetime", Durations.shown(tunnel.ikeLifetime()));
        line(4, "esp:");
        line(5, "proposals:");
        tunnel.espProposals().forEach(proposal -> line(6, "- " + esp(proposal)));
        value(5, "lifetime", Durations.shown(tunnel.espLifetime()));
        value(5, "replay-window", tunnel.replayWindowPackets());
        line(4, "liveness:");
        value(5, "interval", Durations.shown(tunnel.livenessInterval()));
        value(5, "timeout", Durations.shown(tunnel.livenessTimeout()));
        probe(tunnel.probe());
        line(4, "selectors:");
        value(5, "local", listed(tunnel.localSelectors(), IpPrefix::toString));
        value(5, "remote", listed(tunnel.remoteSelectors(), IpPrefix::toString));
    }

    private void probe(ProbeConfig probe) {
        line(4, probe.enabled() ? "probe:" : "probe: off");
        if (probe.enabled()) {
            value(5, "targets", listed(probe.targets(), EffectiveConfig::shown));
            value(5, "quorum", probe.quorum());
            value(5, "interval", Durations.shown(probe.interval()));
            value(5, "active-interval", Durations.shown(probe.activeInterval()));
            value(5, "burst-interval", Durations.shown(probe.burstInterval()));
            value(5, "timeout", Durations.shown(probe.timeout()));
            value(5, "false-alarm", Quantities.shownNumber(probe.falseAlarm()));
            value(5, "degraded-loss", Quantities.shownPercentage(probe.degradedLoss()));
        }
    }

    private static String ike(IkeProposal proposal) {
        return ciphers(proposal.encryption(), proposal.integrity()) + ", prf "
                + listed(proposal.pseudorandomFunctions(), PseudorandomFunction::label) + ", groups "
                + listed(proposal.keyExchange(), KeyExchangeMethod::label);
    }

    private static String esp(EspProposal proposal) {
        boolean extended = proposal.sequenceNumbers().contains(SequenceNumbers.EXTENDED_64);
        boolean both = extended && proposal.sequenceNumbers().contains(SequenceNumbers.SHORT_32);
        return ciphers(proposal.encryption(), proposal.integrity()) + ", groups "
                + listed(proposal.keyExchange(), KeyExchangeMethod::label) + ", esn "
                + (both ? "prefer" : extended ? "require" : "never");
    }

    private static String ciphers(List<EncryptionAlgorithm> encryption, List<IntegrityAlgorithm> integrity) {
        String ciphers = "encryption " + listed(encryption, EncryptionAlgorithm::label);
        return integrity.isEmpty() ? ciphers : ciphers + ", integrity " + listed(integrity, IntegrityAlgorithm::label);
    }

    private static String bind(BindAddress bind) {
        return switch (bind) {
            case BindAddress.OfRouteToPeer() -> "auto";
            case BindAddress.Fixed(InetAddress address) -> shown(address);
        };
    }

    private static String shown(InetAddress address) {
        return address.getHostAddress();
    }

    private static <T> String listed(List<T> values, Function<T, String> shown) {
        return "[" + String.join(", ", values.stream().map(shown).toList()) + "]";
    }

    private void value(int depth, String key, Object value) {
        line(depth, key + ": " + value);
    }

    private void line(int depth, String line) {
        text.append("  ".repeat(depth)).append(line).append('\n');
    }
}
