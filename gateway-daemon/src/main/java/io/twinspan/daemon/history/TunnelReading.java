package io.twinspan.daemon.history;

/**
 * A tunnel's counters at one instant; all but the round trips and the state only grow.
 *
 * @param atNanos monotonic clock
 * @param bytesIn inner octets received so far
 * @param packetsIn inner packets received so far
 * @param bytesOut inner octets sent so far
 * @param packetsOut inner packets sent so far
 * @param probesJudged probes whose fate is known so far
 * @param probesLost those of them without an answer
 * @param medianNanos round trip, half of the last answers, 0 for none yet
 * @param p95Nanos round trip, 95 of a hundred
 * @param state a number that the caller gives a meaning; the larger the worse
 */
public record TunnelReading(
        long atNanos,
        long bytesIn,
        long packetsIn,
        long bytesOut,
        long packetsOut,
        long probesJudged,
        long probesLost,
        long medianNanos,
        long p95Nanos,
        int state) {}
