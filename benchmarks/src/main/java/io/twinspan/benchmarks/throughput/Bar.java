package io.twinspan.benchmarks.throughput;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Something to reach: a measure of one candidate, beside the same measure of others or beside a figure.
 *
 * @param work what tables call it
 * @param subject the measure that has to reach it
 * @param peers what it is compared with, the best of those that were measured; empty for a figure
 * @param direction which side of the limit is good
 * @param limit factor, or the figure itself where there are no peers
 */
record Bar(String work, Subject subject, List<Subject> peers, Direction direction, double limit) {
    Bar {
        peers = List.copyOf(peers);
    }

    /** Which side of the limit is good. */
    enum Direction {
        AT_LEAST,
        AT_MOST;

        boolean holds(double value, double limit) {
            return this == AT_LEAST ? value >= limit : value <= limit;
        }
    }

    /** A measure of a candidate. */
    record Subject(String candidate, Measure measure) {}

    /**
     * What became of a bar.
     *
     * @param value median of the subject
     * @param peer the best peer, and {@link #peerValue} its median; absent for a figure
     * @param ratio of both medians, with the smallest and largest ratio of one round; for a figure the values themselves
     */
    record Outcome(double value, Optional<Subject> peer, double peerValue, Summary ratio, boolean reached) {}

    /** Holds the bar against what was measured; empty where a part of it was not. */
    Optional<Outcome> judge(Results results, Mode mode) {
        Optional<Summary> own = results.summary(mode, subject.candidate(), subject.measure());
        if (own.isEmpty()) {
            return Optional.empty();
        }
        double value = own.get().median();
        if (peers.isEmpty()) {
            boolean reached = direction.holds(value, limit);
            return Optional.of(new Outcome(value, Optional.empty(), 0, own.get(), reached));
        }
        return bestPeer(results, mode).map(peer -> {
            double peerValue = median(results, mode, peer);
            Summary ratio = ratio(results, mode, peer, value / peerValue);
            return new Outcome(value, Optional.of(peer), peerValue, ratio, direction.holds(ratio.median(), limit));
        });
    }

    private Optional<Subject> bestPeer(Results results, Mode mode) {
        Comparator<Subject> byMedian = Comparator.comparingDouble(peer -> median(results, mode, peer));
        return peers.stream()
                .filter(peer -> results.summary(mode, peer.candidate(), peer.measure())
                        .filter(summary -> summary.median() > 0)
                        .isPresent())
                .max(direction == Direction.AT_LEAST ? byMedian : byMedian.reversed());
    }

    private static double median(Results results, Mode mode, Subject of) {
        return results.summary(mode, of.candidate(), of.measure())
                .map(Summary::median)
                .orElse(0.0);
    }

    private Summary ratio(Results results, Mode mode, Subject peer, double ofMedians) {
        SortedMap<Integer, Double> own = results.rounds(mode, subject.candidate(), subject.measure());
        SortedMap<Integer, Double> others = results.rounds(mode, peer.candidate(), peer.measure());
        List<Double> ratios = new ArrayList<>();
        own.forEach((round, value) -> {
            double other = others.getOrDefault(round, 0.0);
            if (other > 0) {
                ratios.add(value / other);
            }
        });
        return Summary.of(ratios)
                .map(summary -> new Summary(summary.runs(), summary.min(), ofMedians, summary.max()))
                .orElse(new Summary(1, ofMedians, ofMedians, ofMedians));
    }
}
