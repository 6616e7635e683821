package io.twinspan.daemon.liveness;

/**
 * What the packet path has counted for one tunnel. Counts never shrink.
 *
 * @param packetsOut data packets sent, probes left out
 * @param packetsIn packets that proved authentic
 * @param missingInbound ESP sequence numbers that never came
 * @param lastAuthenticatedNanos when the last packet proved authentic; {@code Long.MIN_VALUE} for never
 */
public record PathCounters(long packetsOut, long packetsIn, long missingInbound, long lastAuthenticatedNanos) {
    /** Nothing happened yet. */
    public static final PathCounters NONE = new PathCounters(0, 0, 0, Long.MIN_VALUE);
}
