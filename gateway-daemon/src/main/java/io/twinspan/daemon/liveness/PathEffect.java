package io.twinspan.daemon.liveness;

/** What the path machine wants done, or told. */
public sealed interface PathEffect {
    /** Send an echo request inside the tunnel. */
    record SendProbe(int sequence, int target) implements PathEffect {}

    /** Say {@link PathEvent.FenceDone} when everything that has arrived by now has been told. */
    record Fence(int fence) implements PathEffect {}

    /**
     * A probe is late: bursts from now on.
     *
     * @param atNanos when
     * @param lastGoodNanos the last sign of life
     * @param needed unanswered probes in a row that make it "down"
     */
    record Suspected(long atNanos, long lastGoodNanos, int needed) implements PathEffect {}

    /** It answered. */
    record Cleared(long atNanos, long sinceNanos) implements PathEffect {}

    /**
     * The path carries nothing.
     *
     * @param lastGoodNanos the last sign of life: an answer, or any authentic packet
     * @param suspectedNanos the first suspicion
     * @param verdictNanos now
     * @param unanswered probes in a row without an answer
     * @param inboundAlive true where packets still come in, so that only ours do not arrive
     */
    record PathDown(long lastGoodNanos, long suspectedNanos, long verdictNanos, int unanswered, boolean inboundAlive)
            implements PathEffect {}

    /**
     * The path carries packets, but not to be relied on.
     *
     * @param recovering true where it was dead and has begun to answer; false where it loses too much
     * @param lost probes of the last five minutes
     * @param sent probes of the last five minutes
     */
    record Degraded(boolean recovering, int lost, int sent) implements PathEffect {}

    /** The path is well; also said when a target answers for the first time. */
    record PathUp(int lost, int sent) implements PathEffect {}

    /** No target has ever answered: probes cannot say anything about this path. */
    record NeverAnswered(int probes) implements PathEffect {}

    /** One target of several stopped answering while the path lives, or is back. */
    record TargetSilent(int target, boolean silent) implements PathEffect {}
}
