package io.twinspan.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM wrote with {@code -Xlog:gc,safepoint:file=F:uptime}, by any of its collectors.
 *
 * @param collections each with what was left of the heap
 * @param safepoints each time all threads were stopped, for a collection or anything else
 */
record GcLog(List<Collection> collections, List<Safepoint> safepoints) {
    /** What the JVM is told. */
    static final String FLAG = "-Xlog:gc,safepoint:file=%s:uptime";

    private static final Pattern COLLECTION =
            Pattern.compile("\\[(\\d+\\.\\d+)s].*GC\\(\\d+\\) (.*?) \\d+M(?:\\(\\d+%\\))?->(\\d+)M.*");
    private static final Pattern SAFEPOINT =
            Pattern.compile("\\[(\\d+\\.\\d+)s].*Safepoint \"(\\w+)\".* Total: (\\d+) ns.*");
    private static final double NANOS_PER_MILLI = 1e6;

    GcLog {
        collections = List.copyOf(collections);
        safepoints = List.copyOf(safepoints);
    }

    /**
     * A collection.
     *
     * @param uptimeSeconds of the JVM, at its end
     * @param liveMebibytes of the heap in use then
     */
    record Collection(double uptimeSeconds, String cause, double liveMebibytes) {}

    /**
     * A stop of all threads.
     *
     * @param uptimeSeconds of the JVM, at its end
     * @param millis from the wish to stop until all ran again
     */
    record Safepoint(double uptimeSeconds, String operation, double millis) {}

    /** Reads a log; other lines are passed over. */
    static GcLog parse(String text) {
        List<Collection> collections = new ArrayList<>();
        List<Safepoint> safepoints = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher collection = COLLECTION.matcher(line);
            Matcher safepoint = SAFEPOINT.matcher(line);
            if (collection.matches()) {
                collections.add(new Collection(
                        Double.parseDouble(collection.group(1)),
                        collection.group(2),
                        Double.parseDouble(collection.group(3))));
            } else if (safepoint.matches()) {
                safepoints.add(new Safepoint(
                        Double.parseDouble(safepoint.group(1)),
                        safepoint.group(2),
                        Long.parseLong(safepoint.group(3)) / NANOS_PER_MILLI));
            }
        }
        return new GcLog(collections, safepoints);
    }

    /** What happened between two times of the JVM. */
    GcLog between(double fromSeconds, double toSeconds) {
        return new GcLog(
                collections.stream()
                        .filter(one -> one.uptimeSeconds() >= fromSeconds && one.uptimeSeconds() <= toSeconds)
                        .toList(),
                safepoints.stream()
                        .filter(one -> one.uptimeSeconds() >= fromSeconds && one.uptimeSeconds() <= toSeconds)
                        .toList());
    }

    /** MiB that the heap in use grew in an hour. */
    double mebibytesPerHour() {
        return Trend.of(collections.stream()
                                .map(one -> new Trend.Point(one.uptimeSeconds(), one.liveMebibytes()))
                                .toList())
                        .slope()
                * 3600;
    }

    double longestSafepointMillis() {
        return safepoints.stream().mapToDouble(Safepoint::millis).max().orElse(0);
    }
}
