package io.twinspan.daemon.liveness;

/**
 * Where the watch over a path stands.
 *
 * <pre>
 *   Stopped --Started--&gt; Proving --first answer--&gt; Proven &lt;--late probe, answer--&gt; Suspected --fence--&gt; Silent
 *                                                    ^                                                 |
 *                                                    +---------------- answers in a row ---------------+
 * </pre>
 */
sealed interface PathPhase {
    /** No child SA. */
    record Stopped() implements PathPhase {}

    /**
     * Nothing has answered yet, so silence means nothing.
     *
     * @param probes rounds sent
     */
    record Proving(int probes) implements PathPhase {}

    /** It answers. */
    record Proven(Condition condition) implements PathPhase {}

    /**
     * A probe is late.
     *
     * @param before condition to go back to
     * @param sinceNanos first suspicion
     * @param needed lost probes in a row that make it dead
     * @param patienceNanos added to every wait, for a queue that may have filled since the last answer
     * @param fence number of the fence that is awaited before the verdict, or 0
     */
    record Suspected(Condition before, long sinceNanos, int needed, long patienceNanos, int fence)
            implements PathPhase {}

    /**
     * Proved dead.
     *
     * @param answered answers in a row
     */
    record Silent(int answered) implements PathPhase {}

    /** How well a proven path does. */
    enum Condition {
        GOOD,
        /** Loses more than it should. */
        LOSSY,
        /** Was dead, answers again, and is not trusted yet. */
        RECOVERING
    }
}
