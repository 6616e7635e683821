package io.twinspan.daemon.control;

/**
 * What probes know of a tunnel's path, in a {@link TunnelStatus}. Times are nanoseconds, 0 where nothing answered yet.
 *
 * @param probed true where probes are sent at all
 * @param answered true where a target has answered since the child SA was made
 * @param sent probes of the last five minutes, bursts left out
 * @param lost those of them without an answer
 * @param sentEver probes since the start of the daemon whose fate is known, bursts left out
 * @param lostEver those of them that had no answer in time
 * @param medianNanos round-trip time, half of the last 64 answers
 * @param p95Nanos round-trip time, 95 of a hundred
 * @param jitterNanos after RFC 3550
 * @param detection how long its death could go unnoticed
 */
public record PathStatus(
        boolean probed,
        boolean answered,
        int sent,
        int lost,
        long sentEver,
        long lostEver,
        long medianNanos,
        long p95Nanos,
        long jitterNanos,
        Detection detection) {
    /** Nothing is sent, nothing is known. */
    public static final PathStatus UNPROBED =
            new PathStatus(false, false, 0, 0, 0, 0, 0, 0, 0, new Detection(0, 0, 0, 0));

    /**
     * How long the death of the path goes unnoticed at most.
     *
     * @param silentNanos while packets go out, and both directions die
     * @param oneWayNanos while packets go out, and only ours do not arrive
     * @param idleNanos while nothing goes out
     * @param roundTripNanos smoothed round-trip time that this holds for
     */
    public record Detection(long silentNanos, long oneWayNanos, long idleNanos, long roundTripNanos) {}
}
