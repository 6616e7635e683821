package io.twinspan.benchmarks.failover;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a bad line did to a gateway.
 *
 * @param seconds that it lasted
 * @param bursts of all processors
 * @param saturations of the uplink
 * @param rekeys ordered and taken
 * @param refusedRekeys ordered and refused
 * @param moves of the traffic from one tunnel to the other, seen on the link once a second
 * @param outbound the flow to the VPC
 * @param inbound the flow from the VPC
 * @param story the gateway's account
 */
record CalmResult(
        int seconds,
        int bursts,
        int saturations,
        int rekeys,
        int refusedRekeys,
        int moves,
        FlowWindow outbound,
        FlowWindow inbound,
        Story story) {
    /** Fail-overs by the gateway's own account. */
    long switches() {
        return count("connection.switched");
    }

    /** Times it suspected a tunnel, at least: it tells of one in a while, with the number so far. */
    long suspicions() {
        Map<Integer, Long> counts = new TreeMap<>();
        story.events().stream()
                .filter(event -> event.path("event").asString().equals("tunnel.suspected"))
                .forEach(event -> counts.merge(
                        event.path("tunnel").asInt(),
                        Long.parseLong(event.path("fields").path("count").asString("1")),
                        Math::max));
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Rekeys that were carried through. */
    long rekeyed() {
        return count("child.rekeyed") + count("ike.rekeyed");
    }

    private long count(String type) {
        return story.events().stream()
                .filter(event -> event.path("event").asString().equals(type))
                .count();
    }

    /** Nothing moved, by either account, and the tunnels did live on: rekeys went through. */
    boolean passed() {
        return switches() == 0 && moves == 0 && (rekeys == 0 || rekeyed() > 0);
    }

    /** Entries of the journal by type. */
    Map<String, Integer> events() {
        Map<String, Integer> counts = new TreeMap<>();
        story.events().forEach(event -> counts.merge(event.path("event").asString(), 1, Integer::sum));
        return counts;
    }

    /** A paragraph for people. */
    String text() {
        return String.format(
                        Locale.ROOT,
                        "%d s: %d fail-overs (%d seen on the link), at least %d suspicions; %d bursts of all processors, %d saturations"
                                + " of the uplink, %d rekeys ordered, %d carried through.%n",
                        seconds,
                        switches(),
                        moves,
                        suspicions(),
                        bursts,
                        saturations,
                        rekeys,
                        rekeyed())
                + flow("outbound", outbound) + flow("inbound", inbound) + "Journal: " + events() + "\n";
    }

    private static String flow(String name, FlowWindow window) {
        return String.format(
                Locale.ROOT,
                "%s: %d packets, %d lost (%.1f %%), %d reordered, longest gap %.0f ms.%n",
                name,
                window.sent(),
                window.lost(),
                100.0 * window.lost() / Math.max(1, window.sent()),
                window.reordered(),
                window.outageMillis());
    }
}
