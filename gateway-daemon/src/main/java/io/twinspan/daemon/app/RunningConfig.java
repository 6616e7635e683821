package io.twinspan.daemon.app;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.DataPlaneConfig;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.TunnelConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What runs, step by step: also in the middle of a change that ended there, so that the way back starts from the truth.
 * Keeper thread.
 */
final class RunningConfig {
    private final Map<String, ConnectionDraft> connections = new LinkedHashMap<>();
    private GatewayConfig frame;

    RunningConfig(GatewayConfig config, List<ConnectionDraft> drafts) {
        frame = config;
        drafts.forEach(this::put);
    }

    /** The whole configuration. */
    GatewayConfig config() {
        return new GatewayConfig(
                frame.dataPlane(),
                frame.api(),
                frame.metrics(),
                connections.values().stream().map(ConnectionDraft::config).toList());
    }

    Collection<ConnectionDraft> drafts() {
        return connections.values();
    }

    ConnectionDraft draft(String connection) {
        return Objects.requireNonNull(connections.get(connection), connection);
    }

    void put(ConnectionDraft draft) {
        connections.put(draft.config().name(), draft);
    }

    void remove(String connection) {
        connections.remove(connection);
    }

    /** Takes over the limits that were set. */
    void pacing(DataPlaneConfig.Pacing pacing) {
        DataPlaneConfig old = frame.dataPlane();
        DataPlaneConfig now = new DataPlaneConfig(
                old.cryptoEngine(),
                old.offloads(),
                old.socketBufferOctets(),
                old.busyPoll(),
                old.sealingWorkers(),
                pacing,
                old.queueTarget(),
                old.queueInterval());
        frame = new GatewayConfig(now, frame.api(), frame.metrics(), frame.connections());
    }

    /** A connection as it is to be, but with some tunnels as they are. */
    static ConnectionConfig keeping(ConnectionConfig wanted, ConnectionConfig present, Collection<Integer> kept) {
        List<TunnelConfig> tunnels = wanted.tunnels().stream()
                .map(tunnel -> kept.contains(tunnel.number()) ? find(present, tunnel) : tunnel)
                .toList();
        return new ConnectionConfig(
                wanted.name(),
                wanted.device(),
                wanted.localPrefixes(),
                wanted.remotePrefixes(),
                wanted.uplinkMtuBytes(),
                wanted.mtu(),
                wanted.failover(),
                tunnels);
    }

    private static TunnelConfig find(ConnectionConfig connection, TunnelConfig wanted) {
        Stream<TunnelConfig> same = connection.tunnels().stream().filter(tunnel -> tunnel.number() == wanted.number());
        return same.findFirst().orElse(wanted);
    }
}
