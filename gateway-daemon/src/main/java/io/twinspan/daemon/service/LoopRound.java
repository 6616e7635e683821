package io.twinspan.daemon.service;

import java.util.Set;
import java.util.TreeSet;

/**
 * One round of asking every loop whether it still moves. Immutable.
 *
 * @param number counts rounds from 1; an answer to an older round says nothing about this one
 * @param missing loops that have not answered yet, by name
 * @param ticks how often the round was looked at and found unfinished
 */
record LoopRound(long number, Set<String> missing, int ticks) {
    LoopRound {
        missing = Set.copyOf(missing);
    }

    /** A first round that asks all of them. */
    static LoopRound first(Set<String> loops) {
        return new LoopRound(1, loops, 0);
    }

    /** The next round. */
    LoopRound next(Set<String> loops) {
        return new LoopRound(number + 1, loops, 0);
    }

    /** A loop has run the task that it was given in a round. */
    LoopRound answered(String loop, long inRound) {
        if (inRound != number) {
            return this;
        }
        Set<String> left = new TreeSet<>(missing);
        left.remove(loop);
        return new LoopRound(number, left, ticks);
    }

    /** It was looked at once more and is not finished. */
    LoopRound ticked() {
        return new LoopRound(number, missing, ticks + 1);
    }

    /** True where every loop has moved since the round began. */
    boolean isComplete() {
        return missing.isEmpty();
    }
}
