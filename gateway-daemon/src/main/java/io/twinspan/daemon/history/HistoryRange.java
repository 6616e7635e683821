package io.twinspan.daemon.history;

import java.util.Optional;

/** How far back a question goes, and in which steps the answer comes. */
public enum HistoryRange {
    /** Seconds. */
    FIVE_MINUTES("5m", 1, 300),
    /** Seconds. */
    HOUR("1h", 1, 3_600),
    /** Tens of seconds. */
    DAY("24h", 10, 8_640);

    private final String label;
    private final int stepSeconds;
    private final int samples;

    HistoryRange(String label, int stepSeconds, int samples) {
        this.label = label;
        this.stepSeconds = stepSeconds;
        this.samples = samples;
    }

    /** The range of a name; empty where there is none. */
    public static Optional<HistoryRange> of(String label) {
        for (HistoryRange range : values()) {
            if (range.label.equals(label)) {
                return Optional.of(range);
            }
        }
        return Optional.empty();
    }

    /** The name used in queries. */
    public String label() {
        return label;
    }

    /** Seconds between two samples. */
    public int stepSeconds() {
        return stepSeconds;
    }

    /** Samples at most. */
    public int samples() {
        return samples;
    }
}
