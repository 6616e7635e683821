package io.twinspan.daemon.control;

/**
 * A tunnel's counters at one instant, for the flight recorder.
 *
 * @param atNanos monotonic clock
 * @param tunnel 1 or 2
 * @param carrying true while it carried traffic
 * @param state as operators see it
 * @param packetsIn inner packets received so far
 * @param bytesIn inner octets received so far
 * @param packetsOut inner packets sent so far
 * @param bytesOut inner octets sent so far
 * @param authenticated ESP packets that proved authentic so far
 * @param missing sequence numbers passed over so far
 */
public record PathSample(
        long atNanos,
        int tunnel,
        boolean carrying,
        TunnelState state,
        long packetsIn,
        long bytesIn,
        long packetsOut,
        long bytesOut,
        long authenticated,
        long missing) {}
