package io.twinspan.daemon.http;

import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.Severity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which events a reader wants.
 *
 * @param connection its events only; empty for all
 * @param tunnel its events only; 0 for all
 * @param since none before this; null for all
 * @param types beginnings of names, one of which must fit; empty for all
 * @param severity none that is less grave
 */
record EventFilter(String connection, int tunnel, @Nullable Instant since, List<String> types, Severity severity)
        implements Predicate<JournalEntry> {
    private static final String TIME = "[0-9]{1,6}(ms|s|m|h|d)";

    EventFilter {
        types = List.copyOf(types);
    }

    /**
     * Reads a query.
     *
     * @param now for times that are ago
     * @throws IllegalArgumentException with a sentence for the client
     */
    static EventFilter of(ApiRequest request, Instant now) {
        String tunnel = request.parameter("tunnel");
        if (!tunnel.matches("[0-9]{0,4}")) {
            throw new IllegalArgumentException("'" + tunnel + "' is no number of a tunnel");
        }
        return new EventFilter(
                request.parameter("connection"),
                tunnel.isEmpty() ? 0 : Integer.parseInt(tunnel),
                since(request.parameter("since"), now),
                Stream.of(request.parameter("type").split(",", -1))
                        .filter(type -> !type.isEmpty())
                        .toList(),
                severity(request.parameter("severity")));
    }

    @Override
    public boolean test(JournalEntry entry) {
        GatewayEvent event = entry.event();
        return (connection.isEmpty() || event.connection().equals(connection))
                && (tunnel == 0 || event.tunnel() == tunnel)
                && (since == null || !entry.time().isBefore(since))
                && (types.isEmpty() || types.stream().anyMatch(type -> isOf(event.type(), type)))
                && event.severity().compareTo(severity) >= 0;
    }

    /** {@code tunnel} stands for {@code tunnel.down}, and not for {@code tunnels.up}. */
    private static boolean isOf(String name, String type) {
        return name.equals(type) || name.startsWith(type.endsWith(".") ? type : type + ".");
    }

    private static @Nullable Instant since(String text, Instant now) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return duration(text).map(now::minus).orElseGet(() -> Instant.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time like 1h or 2026-11-23T03:00:00Z", e);
        }
    }

    /** A time like {@code 500ms}, {@code 20s} or {@code 1h}; empty for anything else. */
    static Optional<Duration> duration(String text) {
        if (!text.matches(TIME)) {
            return Optional.empty();
        }
        int digits = text.length() - (text.endsWith("ms") ? 2 : 1);
        long amount = Long.parseLong(text, 0, digits, 10);
        return Optional.of(
                switch (text.substring(digits)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }

    private static Severity severity(String text) {
        if (text.isEmpty()) {
            return Severity.DEBUG;
        }
        return Stream.of(Severity.values())
                .filter(severity -> severity.label().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + text + "' is no severity: debug, info, warn or error"));
    }
}
