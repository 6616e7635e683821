package io.twinspan.daemon.lab;

import java.time.Duration;

/**
 * What the lab's internet does to the packets of one tunnel in one direction.
 *
 * @param delay what each packet waits
 * @param jitter what it waits more, evenly spread from nothing to this
 * @param loss share of packets that vanish at random, 0 to 1
 * @param bitsPerSecond rate of the narrowest line, IP headers included; 0 for no limit
 * @param queue how long a packet may wait for that line before it is dropped
 * @param reorder true draws the jitter for each packet by itself, so that packets overtake each other; false draws it anew ten
 *     times a second and keeps their order, as a queue does that grows and empties
 * @param blackHole true swallows everything
 */
public record LinkImpairment(
        Duration delay,
        Duration jitter,
        double loss,
        long bitsPerSecond,
        Duration queue,
        boolean reorder,
        boolean blackHole) {
    /** Nothing is done to packets. */
    public static final LinkImpairment NONE =
            new LinkImpairment(Duration.ZERO, Duration.ZERO, 0, 0, Duration.ZERO, false, false);

    public LinkImpairment {
        if (delay.isNegative() || jitter.isNegative() || queue.isNegative() || bitsPerSecond < 0) {
            throw new IllegalArgumentException("a link has no negative times and rates");
        }
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("a loss of " + loss + " is not 0 to 1");
        }
    }

    /** Half of a round trip each way, where both directions get the same. */
    public static LinkImpairment ofRoundTrip(Duration roundTrip) {
        return NONE.withDelay(roundTrip.dividedBy(2));
    }

    /** The same with another delay. */
    public LinkImpairment withDelay(Duration wanted) {
        return new LinkImpairment(wanted, jitter, loss, bitsPerSecond, queue, reorder, blackHole);
    }

    /** The same with another jitter. */
    public LinkImpairment withJitter(Duration wanted) {
        return new LinkImpairment(delay, wanted, loss, bitsPerSecond, queue, reorder, blackHole);
    }

    /** The same with another loss, 0 to 1. */
    public LinkImpairment withLoss(double wanted) {
        return new LinkImpairment(delay, jitter, wanted, bitsPerSecond, queue, reorder, blackHole);
    }

    /** The same behind a line of this rate with a queue of this length. */
    public LinkImpairment withRate(long wantedBitsPerSecond, Duration wantedQueue) {
        return new LinkImpairment(delay, jitter, loss, wantedBitsPerSecond, wantedQueue, reorder, blackHole);
    }

    /** The same with packets that overtake each other, or that do not. */
    public LinkImpairment withReorder(boolean wanted) {
        return new LinkImpairment(delay, jitter, loss, bitsPerSecond, queue, wanted, blackHole);
    }

    /** The same as a black hole, or not. */
    public LinkImpairment withBlackHole(boolean wanted) {
        return new LinkImpairment(delay, jitter, loss, bitsPerSecond, queue, reorder, wanted);
    }
}
