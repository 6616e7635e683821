package io.twinspan.daemon.http;

import java.time.Duration;
import java.util.Locale;

/** Durations and amounts as people read them. */
final class Quantity {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Quantity() {}

    /** Two units at most: {@code 34 s}, {@code 41 min}, {@code 4 h 05 min}, {@code 12 d 04 h}; a minus sign for the past. */
    static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "-" + duration(duration.negated());
        }
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min";
        }
        return duration.toDays() == 0
                ? String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart())
                : String.format(Locale.ROOT, "%d d %02d h", duration.toDays(), duration.toHoursPart());
    }

    /** Decimal units with three figures: {@code 0 b/s}, {@code 88.0 Mb/s}. */
    static String bitRate(long bitsPerSecond) {
        String bytes = bytes(bitsPerSecond);
        return bytes.substring(0, bytes.length() - 1) + "b/s";
    }

    /** Decimal units with three figures: {@code 999 B}, {@code 1.23 kB}, {@code 45.6 MB}. */
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1_000;
            unit++;
        }
        String format = unit == 0 || value >= 99.95 ? "%.0f %s" : value >= 9.995 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, format, value, UNITS[unit]);
    }
}
