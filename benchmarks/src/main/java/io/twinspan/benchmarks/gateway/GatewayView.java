package io.twinspan.benchmarks.gateway;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What {@code twinspan.status/1} says. */
public record GatewayView(JsonNode status) {
    private static final Set<String> USABLE = Set.of("up", "standby");

    /** Tunnels that could carry traffic. */
    public long usableTunnels() {
        return tunnels().filter(GatewayView::isUsable).count();
    }

    /** True where the first connection's active tunnel may fail without harm. */
    public boolean redundant() {
        return status.path("connections").path(0).path("redundant").asBoolean();
    }

    /** When the last of them became so; empty where there is none. */
    public Optional<Instant> lastBecameUsable() {
        return tunnels()
                .filter(GatewayView::isUsable)
                .map(tunnel ->
                        Instant.parse(tunnel.path("lastChange").path("time").asString()))
                .max(Comparator.naturalOrder());
    }

    /** Inner packets that came through all tunnels. */
    public long packetsIn() {
        return tunnels()
                .mapToLong(tunnel -> tunnel.path("in").path("packets").asLong())
                .sum();
    }

    /** Every drop of the gateway and its tunnels, by name. */
    public Map<String, Long> drops() {
        Map<String, Long> sums = new TreeMap<>();
        add(sums, status.path("drops"));
        tunnels().forEach(tunnel -> add(sums, tunnel.path("drops")));
        return sums;
    }

    /** A count of all tunnels, such as {@code child_rekeys}. */
    public long count(String name) {
        return tunnels()
                .mapToLong(tunnel -> tunnel.path("counts").path(name).asLong())
                .sum();
    }

    private static void add(Map<String, Long> sums, JsonNode drops) {
        drops.properties()
                .forEach(drop -> sums.merge(drop.getKey(), drop.getValue().asLong(), Long::sum));
    }

    private static boolean isUsable(JsonNode tunnel) {
        return USABLE.contains(tunnel.path("state").asString());
    }

    private Stream<JsonNode> tunnels() {
        return elements(status.path("connections")).flatMap(connection -> elements(connection.path("tunnels")));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
