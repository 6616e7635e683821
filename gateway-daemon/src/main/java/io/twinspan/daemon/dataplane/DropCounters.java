package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspVerdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Drops by name, counted by one loop and readable from any thread. */
public final class DropCounters {
    private final EnumMap<EspVerdict, AtomicLong> esp = new EnumMap<>(EspVerdict.class);
    private final EnumMap<PathVerdict, AtomicLong> path = new EnumMap<>(PathVerdict.class);

    /** All counters at zero. */
    public DropCounters() {
        // Every key is there from the start, so the maps never change and may be read from any thread.
        for (EspVerdict verdict : EspVerdict.values()) {
            esp.put(verdict, new AtomicLong());
        }
        for (PathVerdict verdict : PathVerdict.values()) {
            path.put(verdict, new AtomicLong());
        }
    }

    /** Counts one drop; on the owning loop. */
    public void count(EspVerdict verdict) {
        add(Objects.requireNonNull(esp.get(verdict)), 1);
    }

    /** Counts several drops at once; on the owning loop. */
    public void count(EspVerdict verdict, int packets) {
        add(Objects.requireNonNull(esp.get(verdict)), packets);
    }

    /** Counts one drop; on the owning loop. */
    public void count(PathVerdict verdict) {
        add(Objects.requireNonNull(path.get(verdict)), 1);
    }

    /** Counts several drops at once; on the owning loop. */
    public void count(PathVerdict verdict, int packets) {
        add(Objects.requireNonNull(path.get(verdict)), packets);
    }

    private static void add(AtomicLong counter, int packets) {
        counter.setOpaque(counter.getPlain() + packets);
    }

    /** Adds the counters that are not zero to a map; from any thread. */
    void addTo(Map<String, Long> result) {
        esp.forEach((verdict, counter) -> add(result, verdict.name(), counter.getOpaque()));
        path.forEach((verdict, counter) -> add(result, verdict.name(), counter.getOpaque()));
    }

    /** The counters that are not zero, by name; from any thread. */
    public Map<String, Long> snapshot() {
        Map<String, Long> result = new TreeMap<>();
        addTo(result);
        return result;
    }

    private static void add(Map<String, Long> result, String name, long count) {
        if (count != 0) {
            result.merge(name, count, Long::sum);
        }
    }
}
