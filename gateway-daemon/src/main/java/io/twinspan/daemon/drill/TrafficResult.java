package io.twinspan.daemon.drill;

/**
 * The users' packets during a drill, by the tunnels' counters; probes are not among them.
 *
 * @param before until the fault came
 * @param during while it was there; not counted where no process was there to count
 * @param after until the end
 * @param longestGapInNanos longest time without a packet from the peer since the fault came, to a look's {@link
 *     TrafficLedger#SAMPLE_NANOS} exactly; {@link #UNKNOWN} where there was no steady traffic to begin with
 */
public record TrafficResult(Phase before, Phase during, Phase after, long longestGapInNanos) {
    /** Not known. */
    public static final long UNKNOWN = -1;

    /**
     * Inner packets of a time.
     *
     * @param nanos how long it was
     * @param in1 from the peer through tunnel 1
     * @param out1 to the peer through tunnel 1
     * @param in2 from the peer through tunnel 2
     * @param out2 to the peer through tunnel 2
     */
    public record Phase(long nanos, long in1, long out1, long in2, long out2) {
        /** A time in which nobody counted. */
        static Phase uncounted(long nanos) {
            return new Phase(nanos, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
        }

        /** False where nobody counted: all counts are {@link #UNKNOWN} then. */
        public boolean isCounted() {
            return in1 != UNKNOWN;
        }
    }
}
