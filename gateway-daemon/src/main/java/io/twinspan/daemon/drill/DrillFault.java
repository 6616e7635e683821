package io.twinspan.daemon.drill;

/**
 * What a scenario does to the outside path of one tunnel for as long as it lasts.
 *
 * @param lossOut share of the packets to the peer that vanish, 0 to 1
 * @param lossIn share of the packets from the peer that vanish, 0 to 1
 * @param delayNanos what every packet takes longer, each way
 * @param largestOuterOctets IP packets longer than this vanish; 0 for no limit
 */
public record DrillFault(double lossOut, double lossIn, long delayNanos, int largestOuterOctets) {
    /** A path as it is. */
    public static final DrillFault NONE = new DrillFault(0, 0, 0, 0);
}
