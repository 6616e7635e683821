package io.twinspan.daemon.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A snapshot of the gateway for displays; no keys.
 *
 * @param at when it was taken
 * @param version of the daemon
 * @param startedAt when the daemon started
 * @param connections in order of the configuration
 * @param drops datagrams dropped before they had a tunnel, by name
 */
public record GatewayStatus(
        Instant at, String version, Instant startedAt, List<ConnectionStatus> connections, Map<String, Long> drops) {
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

    /** The same snapshot with the connections of this name only; all of them for an empty name. */
    public GatewayStatus only(String name) {
        return name.isEmpty()
                ? this
                : new GatewayStatus(
                        at,
                        version,
                        startedAt,
                        connections.stream()
                                .filter(connection -> connection.name().equals(name))
                                .toList(),
                        drops);
    }
}
