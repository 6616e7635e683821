package io.twinspan.daemon.drill;

/**
 * A move of the traffic during a drill. Instants are since the fault came, or {@link #UNKNOWN}.
 *
 * @param from number of the tunnel before, 0 for none
 * @param to number of the tunnel after, 0 for none
 * @param cause in a word
 * @param reason a sentence
 * @param suspectedNanos when the tunnel was first suspected
 * @param decidedNanos when the verdict was there
 * @param switchedNanos when the packet path had switched
 * @param firstOnNewNanos when the first packet of the users left through the new tunnel
 */
public record DrillMove(
        int from,
        int to,
        String cause,
        String reason,
        long suspectedNanos,
        long decidedNanos,
        long switchedNanos,
        long firstOnNewNanos) {
    /** Not known. */
    public static final long UNKNOWN = Long.MIN_VALUE;
}
