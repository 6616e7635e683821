package io.twinspan.client;

import java.time.Instant;
import java.util.List;

/**
 * The state of a gateway.
 *
 * @param time of this snapshot
 * @param version of the gateway
 * @param state worst of all connections: {@code up}, {@code degraded} or {@code down}
 * @param connections in the configuration's order
 * @param document everything the gateway said, {@code twinspan.status/1}
 */
public record Status(Instant time, String version, String state, List<Connection> connections, Json document) {
    public Status {
        connections = List.copyOf(connections);
    }

    /**
     * A connection.
     *
     * @param name as configured
     * @param state {@code up}, {@code degraded} or {@code down}
     * @param activeTunnel number of the first tunnel that carries traffic; 0 for none
     * @param redundant whether its loss would be covered now
     * @param tunnels by number
     */
    public record Connection(String name, String state, int activeTunnel, boolean redundant, List<Tunnel> tunnels) {
        public Connection {
            tunnels = List.copyOf(tunnels);
        }

        static Connection of(Json json) {
            return new Connection(
                    json.at("name").text(),
                    json.at("state").text(),
                    (int) json.at("active").number(),
                    json.at("redundant").flag(),
                    json.at("tunnels").items().stream().map(Tunnel::of).toList());
        }
    }

    /**
     * A tunnel.
     *
     * @param number 1 or 2
     * @param state {@code up}, {@code standby}, {@code connecting}, {@code degraded}, {@code down} or {@code disabled}
     * @param reason of the last change of state
     * @param medianMicroseconds round trip inside the tunnel; 0 where nothing answers
     * @param bytesIn inner octets since the gateway's start
     * @param bytesOut the same the other way
     */
    public record Tunnel(
            int number, String state, String reason, long medianMicroseconds, long bytesIn, long bytesOut) {
        static Tunnel of(Json json) {
            return new Tunnel(
                    (int) json.at("number").number(),
                    json.at("state").text(),
                    json.at("lastChange").at("reason").text(),
                    json.at("path").at("medianMicroseconds").number(),
                    json.at("in").at("bytes").number(),
                    json.at("out").at("bytes").number());
        }
    }

    static Status of(Json json) {
        return new Status(
                Instant.parse(json.at("time").text()),
                json.at("version").text(),
                json.at("state").text(),
                json.at("connections").items().stream().map(Connection::of).toList(),
                json);
    }
}
