package io.twinspan.daemon.http;

import io.twinspan.daemon.control.PathStatus;
import java.util.Locale;

/** What probes know of a path, for terminals. */
final class PathText {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String UNKNOWN = "-";

    private PathText() {}

    /** {@code 0.3%} of the last five minutes. */
    static String loss(PathStatus path) {
        return path.sent() == 0 ? UNKNOWN : String.format(Locale.ROOT, "%.1f%%", 100.0 * path.lost() / path.sent());
    }

    /** {@code 10.2 ms}. */
    static String median(PathStatus path) {
        return path.medianNanos() == 0
                ? UNKNOWN
                : String.format(Locale.ROOT, "%.1f ms", path.medianNanos() / NANOS_PER_MILLI);
    }

    /** {@code 10.2/11.0 ms}. */
    static String roundTrip(PathStatus path) {
        return path.medianNanos() == 0
                ? UNKNOWN
                : String.format(
                        Locale.ROOT,
                        "%.1f/%.1f ms",
                        path.medianNanos() / NANOS_PER_MILLI,
                        path.p95Nanos() / NANOS_PER_MILLI);
    }

    /** {@code 0.3 ms}. */
    static String jitter(PathStatus path) {
        return path.medianNanos() == 0
                ? UNKNOWN
                : String.format(Locale.ROOT, "%.1f ms", path.jitterNanos() / NANOS_PER_MILLI);
    }

    /** How soon it would be left. */
    static String detection(PathStatus path) {
        if (!path.answered()) {
            return "nobody answers probes, a silent tunnel is found by IKE only";
        }
        double roundTrip = path.detection().roundTripNanos() / NANOS_PER_MILLI;
        return String.format(
                Locale.ROOT,
                roundTrip < 10
                        ? "silent tunnel is left after at most %.0f ms at RTT %.1f ms"
                        : "silent tunnel is left after at most %.0f ms at RTT %.0f ms",
                Math.ceil(path.detection().silentNanos() / NANOS_PER_MILLI),
                roundTrip);
    }
}
