package io.twinspan.daemon.drill;

/**
 * What a probe flow suffered.
 *
 * @param sent probes sent
 * @param answered probes answered
 * @param reordered answers that came after the answer to a later probe
 * @param duplicated answers that had come before
 * @param outageOutNanos longest time between the sending of the last answered probe before lost ones and of the first answered
 *     one after them; 0 where none was lost
 * @param outageInNanos the same by the arrival of their answers
 * @param outageAtNanos when the longest outage on the way out began; {@link Long#MIN_VALUE} for none
 * @param roundTripNanos median round trip; 0 for none
 * @param slowRoundTripNanos 99th percentile of the round trips
 */
public record FlowResult(
        int sent,
        int answered,
        int reordered,
        int duplicated,
        long outageOutNanos,
        long outageInNanos,
        long outageAtNanos,
        long roundTripNanos,
        long slowRoundTripNanos) {
    /** Probes never answered. */
    public int lost() {
        return sent - answered;
    }

    /** The longer of the two outages. */
    public long outageNanos() {
        return Math.max(outageOutNanos, outageInNanos);
    }
}
