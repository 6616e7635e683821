package io.twinspan.daemon.dataplane;

/**
 * A fault that a drill puts on the outside path of one tunnel, in both directions and inside this process only.
 *
 * @param lossOut share of the packets to the peer that vanish, 0 to 1
 * @param lossIn share of the packets from the peer that vanish, 0 to 1
 * @param delayNanos time that every packet takes longer, each way; order is kept
 * @param largestOuterOctets IP packets longer than this vanish, each way, as on a path that got narrower; 0 for no limit
 * @param seed which packets are lost is a function of it
 */
public record Impairment(double lossOut, double lossIn, long delayNanos, int largestOuterOctets, long seed) {
    /** A path as it is. */
    public static final Impairment NONE = new Impairment(0, 0, 0, 0, 0);

    /** The longest delay: more would need more memory than a drill is worth. */
    public static final long MAX_DELAY_NANOS = 2_000_000_000L;

    /** Refuses what is no share, no time or no length. */
    public Impairment {
        if (!(lossOut >= 0 && lossOut <= 1 && lossIn >= 0 && lossIn <= 1)) {
            throw new IllegalArgumentException("a loss is a share from 0 to 1");
        }
        if (delayNanos < 0 || delayNanos > MAX_DELAY_NANOS) {
            throw new IllegalArgumentException("a delay is at most " + MAX_DELAY_NANOS + " ns");
        }
        if (largestOuterOctets < 0) {
            throw new IllegalArgumentException("a length is not negative");
        }
    }

    /** True where packets pass as if there were no drill. */
    public boolean isNone() {
        return lossOut == 0 && lossIn == 0 && delayNanos == 0 && largestOuterOctets == 0;
    }

    /** True where an IP packet of this length does not fit. */
    public boolean isTooLong(int outerOctets) {
        return largestOuterOctets > 0 && outerOctets > largestOuterOctets;
    }
}
