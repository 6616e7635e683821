package io.twinspan.benchmarks.soak;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Drop counters of both gateways, sorted into those that any full queue explains and those that a rekey could cause. */
record Losses(Map<String, Long> drops) {
    /** A queue was full or its packets too old: there was more traffic than the tunnel carries. */
    private static final Set<String> CONGESTION =
            Set.of("AQM_DROP", "EGRESS_QUEUE_FULL", "SEND_QUEUE_FULL", "SEND_FAILED");

    /** No drops, or, as NOT_PROTECTED, what the kernel itself multicasts into a TUN device. */
    private static final Set<String> HARMLESS = Set.of("AQM_MARKED", "NAT_KEEPALIVE", "DUMMY", "NOT_PROTECTED");

    Losses {
        drops = Map.copyOf(drops);
    }

    /** What two snapshots of a gateway's counters have between them, with another's. */
    static Losses between(
            Map<String, Long> beforeA, Map<String, Long> afterA, Map<String, Long> beforeB, Map<String, Long> afterB) {
        Map<String, Long> sums = new TreeMap<>();
        afterA.forEach((name, count) -> sums.merge(name, count - beforeA.getOrDefault(name, 0L), Long::sum));
        afterB.forEach((name, count) -> sums.merge(name, count - beforeB.getOrDefault(name, 0L), Long::sum));
        sums.values().removeIf(count -> count == 0);
        return new Losses(sums);
    }

    /** Packets that found a queue full. */
    long byCongestion() {
        return sum(CONGESTION::contains);
    }

    /** Packets lost for any other reason: no SA to send on, an SA gone, a number outside the window, and the like. */
    long byFault() {
        return sum(name -> !CONGESTION.contains(name) && !HARMLESS.contains(name));
    }

    private long sum(Predicate<String> which) {
        return drops.entrySet().stream()
                .filter(drop -> which.test(drop.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
