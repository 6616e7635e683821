package io.twinspan.daemon.control;

import io.twinspan.crypto.engine.EngineName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot of the gateway for displays; no keys.
 *
 * @param at when it was taken
 * @param facts version and engines
 * @param startedAt when the daemon started
 * @param connections in order of the configuration
 * @param drops datagrams dropped before they had a tunnel, by name
 * @param reload where changes of the configuration stand
 */
public record GatewayStatus(
        Instant at,
        RunFacts facts,
        Instant startedAt,
        List<ConnectionStatus> connections,
        Map<String, Long> drops,
        ReloadFacts reload) {
    public GatewayStatus {
        connections = List.copyOf(connections);
    }

    /** The worst state of all connections. */
    public ConnectionState worst() {
        return connections.stream()
                .map(ConnectionStatus::state)
                .max(ConnectionState::compareTo)
                .orElse(ConnectionState.DOWN);
    }

    /** What seals the tunnel's packets; empty before it has keys. */
    public Optional<EngineName> engineOf(TunnelStatus tunnel) {
        return tunnel.childSas().stream()
                .findFirst()
                .map(child -> facts.engines().engineOf(child.suite().encryption()));
    }

    /** The same snapshot with the tunnels of this number only. */
    public GatewayStatus onlyTunnel(int number) {
        return new GatewayStatus(
                at,
                facts,
                startedAt,
                connections.stream().map(it -> it.onlyTunnel(number)).toList(),
                drops,
                reload);
    }

    /** What to tell who asks for a connection that is not there. */
    public String unknown(String connection) {
        return TunnelTarget.unknown(
                connection, connections.stream().map(ConnectionStatus::name).toList());
    }

    /** The same snapshot with the connections of this name only; all of them for an empty name. */
    public GatewayStatus only(String name) {
        return name.isEmpty()
                ? this
                : new GatewayStatus(
                        at,
                        facts,
                        startedAt,
                        connections.stream()
                                .filter(connection -> connection.name().equals(name))
                                .toList(),
                        drops,
                        reload);
    }
}
