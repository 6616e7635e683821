package io.twinspan.daemon.http;

import java.time.Duration;
import java.util.Optional;

/**
 * From when on a figure is worth a word.
 *
 * @param roundTripMillis of the tunnel in use; infinite for never
 * @param lossPercent of its probes in the last five minutes; infinite for never
 */
record CheckLimits(double roundTripMillis, double lossPercent) {
    static final CheckLimits NONE = new CheckLimits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /**
     * Reads {@code rtt=50ms,loss=1%}.
     *
     * @throws IllegalArgumentException with a sentence for the client
     */
    static CheckLimits parse(String text) {
        CheckLimits limits = NONE;
        for (String word : text.split(",", -1)) {
            limits = word.isEmpty() ? limits : limits.with(word);
        }
        return limits;
    }

    private CheckLimits with(String word) {
        Optional<Duration> time = word.startsWith("rtt=") ? EventFilter.duration(word.substring(4)) : Optional.empty();
        if (time.isPresent()) {
            return new CheckLimits(time.get().toMillis(), lossPercent);
        }
        if (word.matches("loss=[0-9]{1,3}(\\.[0-9]{1,3})?%?")) {
            return new CheckLimits(
                    roundTripMillis, Double.parseDouble(word.substring(5).replace("%", "")));
        }
        throw new IllegalArgumentException("'" + word + "' is no limit like rtt=50ms or loss=1%");
    }
}
