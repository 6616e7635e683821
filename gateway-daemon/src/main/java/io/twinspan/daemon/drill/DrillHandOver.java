package io.twinspan.daemon.drill;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a drill leaves to the next process when it has its own restart. Distances of the flows and the counters are from
 * {@code writtenAt}, those of the timeline from the beginning of the fault.
 *
 * @param id of the drill
 * @param plan what it is about
 * @param startedAt when its flow began
 * @param writtenAt when this was written
 * @param beginNanos when the fault began, from {@code writtenAt}
 * @param toPeer the flow to the peer
 * @param toTarget the flow to the target; empty where there is none
 * @param traffic the users' counters
 * @param timeline so far
 * @param spis of all SAs of the gateway, by the name of the tunnel, each with the kind of its SA
 * @param connections the users' TCP connections; null where they are not known, or too many
 */
public record DrillHandOver(
        String id,
        DrillPlan plan,
        Instant startedAt,
        BootInstant writtenAt,
        long beginNanos,
        List<ProbeTrace> toPeer,
        List<ProbeTrace> toTarget,
        List<TrafficLook> traffic,
        List<DrillMoment> timeline,
        SortedMap<String, SortedSet<String>> spis,
        @Nullable Set<String> connections) {
    /** What is older than this is of no use any more: no restart takes so long. */
    public static final long MAX_AGE_NANOS = 120_000_000_000L;

    /** More TCP connections than this are not told. */
    public static final int MAX_CONNECTIONS = 10_000;

    public DrillHandOver {
        toPeer = List.copyOf(toPeer);
        toTarget = List.copyOf(toTarget);
        traffic = List.copyOf(traffic);
        timeline = List.copyOf(timeline);
        SortedMap<String, SortedSet<String>> copy = new TreeMap<>();
        spis.forEach((tunnel, of) -> copy.put(tunnel, Collections.unmodifiableSortedSet(new TreeSet<>(of))));
        spis = Collections.unmodifiableSortedMap(copy);
        connections = connections == null ? null : Set.copyOf(connections);
    }

    /** How long ago it was written; empty where it is of another time of the machine, of the future, or too old. */
    public OptionalLong ageNanos(BootInstant now) {
        long age = now.nanos() - writtenAt.nanos();
        return now.boot().equals(writtenAt.boot()) && age >= 0 && age <= MAX_AGE_NANOS
                ? OptionalLong.of(age)
                : OptionalLong.empty();
    }

    /**
     * Which SAs are gone, as a sentence; empty where all of them are there.
     *
     * @param now SPIs in the same form
     */
    public String lost(SortedMap<String, SortedSet<String>> now) {
        StringBuilder out = new StringBuilder();
        spis.forEach((tunnel, before) -> {
            SortedSet<String> gone = new TreeSet<>(before);
            gone.removeAll(now.getOrDefault(tunnel, Collections.emptySortedSet()));
            if (!gone.isEmpty()) {
                out.append(out.isEmpty() ? "" : "; ")
                        .append("tunnel ")
                        .append(tunnel)
                        .append(" is negotiated anew: ")
                        .append(String.join(", ", gone))
                        .append(gone.size() == 1 ? " was" : " were")
                        .append(" not taken up");
            }
        });
        return out.toString();
    }
}
