package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.net.TrafficSelector;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Traffic selector negotiation (RFC 7296 section 2.9). */
final class Narrowing {
    /** Selectors that one side of a child SA may have; more than one is rare. */
    static final int MAX_SELECTORS = 64;

    private Narrowing() {}

    /** What both lists allow; empty where that is nothing. */
    static List<TrafficSelector> intersect(List<TrafficSelector> offered, List<TrafficSelector> allowed) {
        List<TrafficSelector> result = new ArrayList<>();
        for (TrafficSelector ours : allowed) {
            for (TrafficSelector theirs : offered) {
                intersect(theirs, ours)
                        .filter(both ->
                                result.size() < MAX_SELECTORS && result.stream().noneMatch(kept -> kept.covers(both)))
                        .ifPresent(both -> {
                            // RFC 7296 section 2.9: the first offered may be the one packet behind the wish.
                            result.removeIf(both::covers);
                            result.add(both);
                        });
            }
        }
        return List.copyOf(result);
    }

    /** True where an answer is not empty and stays inside what was offered. */
    static boolean isNarrowed(List<TrafficSelector> answer, List<TrafficSelector> offered) {
        return !answer.isEmpty()
                && answer.size() <= MAX_SELECTORS
                && answer.stream().allMatch(selector -> offered.stream().anyMatch(whole -> whole.covers(selector)));
    }

    private static Optional<TrafficSelector> intersect(TrafficSelector a, TrafficSelector b) {
        if (!a.sameFamily(b) || (a.protocol() != 0 && b.protocol() != 0 && a.protocol() != b.protocol())) {
            return Optional.empty();
        }
        int startPort = Math.max(a.startPort(), b.startPort());
        int endPort = Math.min(a.endPort(), b.endPort());
        InetAddress first = compare(a.first(), b.first()) >= 0 ? a.first() : b.first();
        InetAddress last = compare(a.last(), b.last()) <= 0 ? a.last() : b.last();
        if (startPort > endPort || compare(first, last) > 0) {
            return Optional.empty();
        }
        return Optional.of(new TrafficSelector(Math.max(a.protocol(), b.protocol()), startPort, endPort, first, last));
    }

    private static int compare(InetAddress a, InetAddress b) {
        return Arrays.compareUnsigned(a.getAddress(), b.getAddress());
    }
}
