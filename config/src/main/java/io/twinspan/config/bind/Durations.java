package io.twinspan.config.bind;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as the file writes them. */
public final class Durations {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})(us|µs|ms|s|m|h)");

    private Durations() {}

    /** A count of {@code us}, {@code ms}, {@code s}, {@code m} or {@code h}. */
    static Duration of(long count, String unit) {
        return switch (unit) {
            case "us", "µs" -> Duration.of(count, ChronoUnit.MICROS);
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> throw new IllegalArgumentException("unit " + unit);
        };
    }

    /** A length of time as the file writes it, for example {@code 60s}; empty where the text is none. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        return matcher.matches()
                ? Optional.of(of(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /** The shortest way to write it with one unit: {@code 8h}, {@code 90s}, {@code 500ms}. */
    public static String shown(Duration duration) {
        long micros = duration.toNanos() / 1_000;
        if (micros % 1_000 != 0) {
            return micros + "us";
        }
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
    }
}
