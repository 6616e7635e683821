package io.twinspan.daemon.observe;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counters by name, which come into being when something first counts. The names are our own words and never a peer's, so
 * their number is bounded. One owner thread.
 */
public final class NamedCounters {
    private final Map<String, Long> counts = new TreeMap<>();

    /** Adds one and returns the new value. */
    public long increment(String name) {
        return counts.merge(name, 1L, Long::sum);
    }

    /** A copy, sorted by name. */
    public Map<String, Long> snapshot() {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
