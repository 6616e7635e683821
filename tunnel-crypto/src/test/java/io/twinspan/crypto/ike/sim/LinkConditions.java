package io.twinspan.crypto.ike.sim;

import java.time.Duration;

/**
 * What one direction of the network does to packets.
 *
 * @param delayNanos fixed part of the delay
 * @param jitterNanos random addition, uniform below this
 * @param lossPercent chance of each packet to be lost
 * @param burstPackets a loss takes this many packets in a row
 * @param duplicatePercent chance of each packet to arrive twice
 * @param reorderPercent chance of each packet to be held for four times the delay
 * @param mtuBytes IKE messages larger than this with UDP and IPv4 headers vanish
 */
public record LinkConditions(
        long delayNanos,
        long jitterNanos,
        int lossPercent,
        int burstPackets,
        int duplicatePercent,
        int reorderPercent,
        int mtuBytes) {
    /** First in, first out, 10 ms, no loss. */
    public static LinkConditions perfect() {
        return new LinkConditions(Duration.ofMillis(10).toNanos(), 0, 0, 1, 0, 0, 1500);
    }

    /** The same link with loss. */
    public LinkConditions withLoss(int percent, int burst) {
        return new LinkConditions(delayNanos, jitterNanos, percent, burst, duplicatePercent, reorderPercent, mtuBytes);
    }

    /** True where packets arrive once, in order, and all of them. */
    public boolean isFifoWithoutLoss() {
        return jitterNanos == 0 && lossPercent == 0 && duplicatePercent == 0 && reorderPercent == 0;
    }
}
