package io.twinspan.daemon.lab;

/**
 * Packets of one tunnel in one direction so far.
 *
 * @param carried let through
 * @param lostAtRandom by {@link LinkImpairment#loss}
 * @param lostFullQueue by a line that had too much to send
 * @param lostBlackHole by a black hole
 */
public record LinkCounters(long carried, long lostAtRandom, long lostFullQueue, long lostBlackHole) {
    /** All packets that came in. */
    public long offered() {
        return carried + lostAtRandom + lostFullQueue + lostBlackHole;
    }
}
