package io.twinspan.daemon.failover;

/**
 * How often a tunnel was lost lately.
 *
 * @param losses in a row, none forgotten; 0 where the tunnel was never lost, or is forgiven
 * @param lastNanos when it was lost last
 */
public record Flaps(int losses, long lastNanos) {
    /** Never lost. */
    public static final Flaps NONE = new Flaps(0, 0);

    private static final int MOST_DOUBLINGS = 20;

    /** One more loss; those before are forgotten where it kept well for longer than the longest hold-down. */
    Flaps lostAgain(FailoverPolicy policy, long nowNanos) {
        boolean forgotten = losses > 0 && nowNanos - lastNanos > policy.memoryNanos();
        return new Flaps(forgotten ? 1 : losses + 1, nowNanos);
    }

    /** How long a tunnel with this history is watched before it counts as standby: twice as long for each loss. */
    long holdDownNanos(FailoverPolicy policy) {
        if (losses == 0) {
            return 0;
        }
        long longest = policy.maxHoldDownNanos();
        int doublings = Math.min(losses - 1, MOST_DOUBLINGS);
        return policy.holdDownNanos() > longest >> doublings ? longest : policy.holdDownNanos() << doublings;
    }
}
