package io.twinspan.benchmarks.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A gateway's own account of a failure: its journal entries from the failure on, oldest first.
 *
 * @param start when the failure began
 * @param events journal entries, as the API gives them
 */
record Story(Instant start, List<JsonNode> events) {
    private static final double NANOS_PER_MILLISECOND = 1e6;

    /** A gateway that gives none. */
    static Story none(Instant start) {
        return new Story(start, List.of());
    }

    /** Milliseconds until the gateway suspected a tunnel; empty where it never said so. */
    OptionalDouble suspicionMillis() {
        return first(event -> type(event).contains("suspect"));
    }

    /** Milliseconds until the gateway had moved traffic; empty where it did not. */
    OptionalDouble switchMillis() {
        return first(event -> type(event).equals("connection.switched"));
    }

    private OptionalDouble first(Predicate<JsonNode> wanted) {
        return events.stream()
                .filter(wanted)
                .mapToDouble(event -> millis(event.path("time").asString()))
                .findFirst();
    }

    private double millis(String time) {
        return Duration.between(start, Instant.parse(time)).toNanos() / NANOS_PER_MILLISECOND;
    }

    private static String type(JsonNode event) {
        return event.path("event").asString();
    }
}
