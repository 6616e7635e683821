package io.twinspan.daemon.liveness;

/**
 * How one tunnel is probed. All times are nanoseconds.
 *
 * @param targets addresses that are asked, named 0, 1, ...; at least one
 * @param quorum how many of them must be dead before the path is; 1 to {@code targets}
 * @param intervalNanos between probes while nothing goes out
 * @param activeNanos silence of the peer after which a probe is sent while packets go out
 * @param burstNanos between probes while the path is suspected
 * @param maxTimeoutNanos longest wait for an answer, unless the round trip itself takes longer
 * @param falseAlarm chance that a suspicion ends in "down" although the path only loses packets at random
 * @param degradedLoss share of lost probes, 0 to 1, above which the path is degraded
 */
public record ProbePolicy(
        int targets,
        int quorum,
        long intervalNanos,
        long activeNanos,
        long burstNanos,
        long maxTimeoutNanos,
        double falseAlarm,
        double degradedLoss) {
    /** Every so many lengths of that silence a round trip is proved while packets go out, whatever comes in. */
    private static final int PROOF_FACTOR = 2;

    /** A queue at a full uplink is seldom longer. */
    private static final long LONGEST_QUEUE_NANOS = 250_000_000;

    /** It grows by the excess of what is sent: by half a second in a second where a third is lost. */
    private static final int QUEUE_GROWTH = 2;

    private static final long SLOWEST_SILENT_NANOS = 250_000_000;
    private static final long RECOVERY_NANOS = 100_000_000;

    public ProbePolicy {
        if (targets < 1 || quorum < 1 || quorum > targets) {
            throw new IllegalArgumentException("quorum " + quorum + " of " + targets + " targets");
        }
        if (burstNanos <= 0 || activeNanos < burstNanos || intervalNanos < activeNanos || maxTimeoutNanos <= 0) {
            throw new IllegalArgumentException("intervals " + intervalNanos + ", " + activeNanos + ", " + burstNanos);
        }
        if (!(falseAlarm > 0 && falseAlarm < 1 && degradedLoss > 0 && degradedLoss < 1)) {
            throw new IllegalArgumentException("false alarm " + falseAlarm + ", degraded loss " + degradedLoss);
        }
    }

    /** What comes in does not prove that what we send arrives, so while we send a round trip is proved this often. */
    public long proofNanos() {
        return Math.min(intervalNanos, PROOF_FACTOR * activeNanos);
    }

    /**
     * How much longer to wait for answers where the last one is this old. Probes that follow closely see a queue grow and
     * learn to wait; one in a second sees it when it is full.
     */
    long patienceNanos(long sinceAnswerNanos) {
        return Math.clamp((sinceAnswerNanos - proofNanos()) / QUEUE_GROWTH, 0, LONGEST_QUEUE_NANOS);
    }

    /** Between probes of a path that proved dead. */
    public long silentNanos() {
        return Math.min(intervalNanos, SLOWEST_SILENT_NANOS);
    }

    /** Between probes of a path that answers again, until it is trusted. */
    public long recoveryNanos() {
        return Math.min(intervalNanos, RECOVERY_NANOS);
    }
}
