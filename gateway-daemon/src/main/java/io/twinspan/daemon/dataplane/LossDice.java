package io.twinspan.daemon.dataplane;

/**
 * Decides which packets a drill loses: splitmix64 (Steele, Lea, Flood 2014) from a seed, so that a drill can be repeated
 * packet by packet. Confined to one loop.
 */
public final class LossDice {
    private static final long GOLDEN_GAMMA = 0x9e37_79b9_7f4a_7c15L;
    private static final double UNIT = 0x1.0p-53;

    private final double loss;
    private long state;

    /** @param loss share that is lost, 0 to 1 */
    public LossDice(double loss, long seed) {
        this.loss = loss;
        this.state = seed;
    }

    /** True where the next packet vanishes. */
    public boolean loses() {
        state += GOLDEN_GAMMA;
        long mixed = (state ^ (state >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d0_49bb_1331_11ebL;
        mixed ^= mixed >>> 31;
        return (mixed >>> 11) * UNIT < loss;
    }
}
