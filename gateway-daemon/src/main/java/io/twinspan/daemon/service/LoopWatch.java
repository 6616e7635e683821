package io.twinspan.daemon.service;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the watchdog, but only when every loop has run a task of its own queue since the last time: a loop that hangs starves
 * the watchdog although this thread goes on. {@link #tick} on one thread; loops answer from theirs.
 */
final class LoopWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);

    /** After so many ticks a round that is not complete is worth a line. */
    private static final int SUSPICIOUS_TICKS = 2;

    private final Map<String, Executor> loops;
    private final Runnable feed;
    private LoopRound round;

    /**
     * Watches these loops from now on.
     *
     * @param feed tells the watchdog that all is well; called on the thread that ticks
     */
    LoopWatch(Map<String, Executor> loops, Runnable feed) {
        this.loops = Map.copyOf(loops);
        this.feed = feed;
        round = LoopRound.first(this.loops.keySet());
        ask(round.number());
    }

    /** Looks at the round; call it several times in the watchdog's time. */
    synchronized void tick() {
        if (round.isComplete()) {
            feed.run();
            round = round.next(loops.keySet());
            ask(round.number());
            return;
        }
        round = round.ticked();
        if (round.ticks() == SUSPICIOUS_TICKS) {
            LOG.error("No progress in {}; the watchdog will end this process unless that changes.", round.missing());
        }
    }

    private void ask(long number) {
        loops.forEach((name, loop) -> {
            try {
                loop.execute(() -> answered(name, number));
            } catch (RejectedExecutionException e) {
                LOG.error("The {} loop has ended.", name, e);
            }
        });
    }

    private synchronized void answered(String loop, long inRound) {
        round = round.answered(loop, inRound);
    }
}
