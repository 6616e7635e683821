package io.twinspan.daemon.cli;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as typed: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 7d}. */
final class TimeConverter implements ITypeConverter<Duration> {
    private static final int MAX_DIGITS = 6;

    @Override
    public Duration convert(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MAX_DIGITS) {
            throw wrong(text);
        }
        long amount = Long.parseLong(text, 0, digits, 10);
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m", "min" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw wrong(text);
        };
    }

    /** As the daemon reads it. */
    static String written(Duration time) {
        return time.toMillis() % 1_000 == 0
                ? time.toSeconds() + "s"
                : String.format(Locale.ROOT, "%dms", time.toMillis());
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + text + "' is no time like 500ms, 5s, 2m, 1h or 7d");
    }
}
