package io.twinspan.config.diff;

import io.twinspan.config.diff.ConfigChange.Kind;
import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.TunnelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything that lies between two configurations.
 *
 * @param changes in order of the file, additions last
 */
public record ConfigDelta(List<ConfigChange> changes) {
    public ConfigDelta {
        changes = List.copyOf(changes);
    }

    /** What leads from one configuration to another. */
    public static ConfigDelta between(GatewayConfig before, GatewayConfig after) {
        List<ConfigChange> changes = new ArrayList<>();
        Settings.DATA_PLANE.forEach(
                it -> changes.addAll(it.between(before.dataPlane(), after.dataPlane(), "dataplane", "", 0)));
        Settings.API.forEach(it -> changes.addAll(it.between(before.api(), after.api(), "api", "", 0)));
        Settings.METRICS.forEach(it -> changes.addAll(it.between(before.metrics(), after.metrics(), "metrics", "", 0)));
        for (ConnectionConfig old : before.connections()) {
            find(after, old.name())
                    .ifPresentOrElse(
                            now -> compare(old, now, changes),
                            () -> changes.add(whole(Kind.REMOVED, "connections." + old.name(), old.name(), 0)));
        }
        after.connections().stream()
                .filter(now -> find(before, now.name()).isEmpty())
                .forEach(now -> changes.add(whole(Kind.ADDED, "connections." + now.name(), now.name(), 0)));
        return new ConfigDelta(changes);
    }

    /** True where both are the same. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The changes of one connection. */
    public List<ConfigChange> of(String connection) {
        return changes.stream()
                .filter(change -> change.connection().equals(connection))
                .toList();
    }

    /** The changes that belong to no connection. */
    public List<ConfigChange> ofGateway() {
        return of("");
    }

    /** Connections that one side has and the other has not. */
    public Set<String> connections(Kind kind) {
        return changes.stream()
                .filter(change -> change.kind() == kind && change.tunnel() == 0)
                .filter(change -> change.path().equals("connections." + change.connection()))
                .map(ConfigChange::connection)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Connections that are changed so that they must be built anew. */
    public Set<String> rebuiltConnections() {
        Set<String> rebuilt = connectionsOf(Disturbance.CONNECTION);
        rebuilt.removeAll(connections(Kind.ADDED));
        rebuilt.removeAll(connections(Kind.REMOVED));
        return rebuilt;
    }

    /** Tunnels of a connection that are to renegotiate; none where the whole connection is built anew. */
    public Set<Integer> renegotiatingTunnels(String connection) {
        return connectionsOf(Disturbance.CONNECTION).contains(connection)
                ? Set.of()
                : of(connection).stream()
                        .filter(change -> change.disturbs() == Disturbance.TUNNEL)
                        .map(ConfigChange::tunnel)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> connectionsOf(Disturbance disturbance) {
        return changes.stream()
                .filter(change -> change.disturbs() == disturbance)
                .map(ConfigChange::connection)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<ConnectionConfig> find(GatewayConfig config, String name) {
        return config.connections().stream()
                .filter(connection -> connection.name().equals(name))
                .findFirst();
    }

    private static void compare(ConnectionConfig before, ConnectionConfig after, List<ConfigChange> changes) {
        String name = before.name();
        String path = "connections." + name;
        Settings.CONNECTION_KEYS.forEach(it -> changes.addAll(it.between(before, after, path, name, 0)));
        Settings.MTU.forEach(it -> changes.addAll(it.between(before.mtu(), after.mtu(), path, name, 0)));
        Settings.FAILOVER.forEach(it -> changes.addAll(it.between(before.failover(), after.failover(), path, name, 0)));
        for (TunnelConfig old : before.tunnels()) {
            tunnel(after, old.number())
                    .ifPresentOrElse(
                            now -> compare(old, now, path + place(before, old), name, changes),
                            () -> changes.add(whole(Kind.REMOVED, path + place(before, old), name, old.number())));
        }
        after.tunnels().stream()
                .filter(now -> tunnel(before, now.number()).isEmpty())
                .forEach(now -> changes.add(whole(Kind.ADDED, path + place(after, now), name, now.number())));
    }

    private static void compare(
            TunnelConfig before, TunnelConfig after, String path, String connection, List<ConfigChange> changes) {
        int number = before.number();
        Settings.TUNNEL_KEYS.forEach(it -> changes.addAll(it.between(before, after, path, connection, number)));
        Settings.PROBE.forEach(
                it -> changes.addAll(it.between(before.probe(), after.probe(), path + ".probe", connection, number)));
    }

    private static Optional<TunnelConfig> tunnel(ConnectionConfig connection, int number) {
        return connection.tunnels().stream()
                .filter(tunnel -> tunnel.number() == number)
                .findFirst();
    }

    private static String place(ConnectionConfig connection, TunnelConfig tunnel) {
        return ".tunnels[" + connection.tunnels().indexOf(tunnel) + "]";
    }

    /** A section that came or went: its connection is built, taken down, or built anew. */
    private static ConfigChange whole(Kind kind, String path, String connection, int tunnel) {
        return new ConfigChange(path, kind, "", "", kind.label(), Disturbance.CONNECTION, connection, tunnel);
    }
}
