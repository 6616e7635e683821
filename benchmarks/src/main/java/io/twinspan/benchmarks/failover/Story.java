package io.twinspan.benchmarks.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * A gateway's own account of a failure: its journal entries from the failure on, oldest first.
 *
 * @param start when the failure began
 * @param events journal entries, as the API gives them
 */
record Story(Instant start, List<JsonNode> events) {
    /** The event that explains a fail-over, with every instant of it. */
    private static final String FAILOVER = "connection.failover";

    private static final String UNKNOWN = "unknown";
    private static final double NANOS_PER_MILLISECOND = 1e6;

    /** A gateway that gives none. */
    static Story none(Instant start) {
        return new Story(start, List.of());
    }

    /** Milliseconds until the gateway suspected a tunnel; empty where it does not say. */
    OptionalDouble suspicionMillis() {
        return first(FAILOVER, "first_suspicion");
    }

    /** Milliseconds until it held the tunnel for dead; empty where it does not say. */
    OptionalDouble verdictMillis() {
        return first(FAILOVER, "verdict");
    }

    /** Milliseconds until the gateway had moved traffic; empty where it did not. */
    OptionalDouble switchMillis() {
        OptionalDouble told = first(FAILOVER, "switched");
        return told.isPresent()
                ? told
                : events.stream()
                        .filter(event -> isOf(event, "connection.switched"))
                        .mapToDouble(event -> millis(event.path("time").asString()))
                        .findFirst();
    }

    private OptionalDouble first(String type, String field) {
        return events.stream()
                .filter(event -> isOf(event, type))
                .map(event -> event.path("fields").path(field).asString(UNKNOWN))
                .filter(time -> !time.equals(UNKNOWN))
                .mapToDouble(this::millis)
                .findFirst();
    }

    private double millis(String time) {
        return Duration.between(start, Instant.parse(time)).toNanos() / NANOS_PER_MILLISECOND;
    }

    private static boolean isOf(JsonNode event, String type) {
        return event.path("event").asString().equals(type);
    }
}
