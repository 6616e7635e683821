package io.twinspan.daemon.drill;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as operators write and read them. */
public final class DrillTimes {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})(ms|s|m)");
    private static final double MILLI_NANOS = 1e6;
    private static final double SECOND_NANOS = 1e9;

    private DrillTimes() {}

    /** Reads {@code 500ms}, {@code 20s} or {@code 2m} into nanoseconds; empty for anything else. */
    public static Optional<Long> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            default -> 60_000_000_000L;
        };
        return Optional.of(Long.parseLong(matcher.group(1)) * unit);
    }

    /** {@code 250 ms}, {@code 1.5 s}: for people. */
    public static String show(long nanos) {
        if (nanos < 0) {
            return "-" + show(-nanos);
        }
        if (nanos < SECOND_NANOS) {
            return String.format(Locale.ROOT, nanos < 10 * MILLI_NANOS ? "%.1f ms" : "%.0f ms", nanos / MILLI_NANOS);
        }
        double seconds = nanos / SECOND_NANOS;
        return String.format(Locale.ROOT, seconds == Math.rint(seconds) ? "%.0f s" : "%.2f s", seconds);
    }

    /** {@code t+0.152}: when something was, since the fault came. */
    public static String offset(long nanos) {
        return String.format(Locale.ROOT, "t%+.3f", nanos / SECOND_NANOS);
    }
}
