package io.twinspan.daemon.control;

import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.suite.EspSuite;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A tunnel in a {@link ConnectionStatus}.
 *
 * @param number 1 or 2
 * @param state for operators
 * @param stateSince when it was entered
 * @param stateReason how it came to it
 * @param outsideLocal address we send from
 * @param outsideRemote the peer's address, as configured
 * @param insideLocal our inside address
 * @param insideRemote the peer's inside address
 * @param insidePrefixLength length of the inside network
 * @param inner largest inner packet and TCP segment
 * @param traffic inner packets and octets each way
 * @param drops dropped packets by name
 * @param misbehaviour broken rules of the peer by name
 * @param counts further counters by name (retransmissions, liveness answers ...)
 * @param ikeSas the peer's IKE SAs, the one in use first
 * @param childSas the peer's child SAs, the one that sends first
 * @param sequences how far child SAs have used up their sequence numbers, by inbound SPI
 * @param roundTripNanos of the last answered liveness check, 0 for none yet
 * @param path what probes know of its path
 * @param clock turns the instants in the summaries into wall time
 */
public record TunnelStatus(
        int number,
        TunnelState state,
        Instant stateSince,
        String stateReason,
        InetAddress outsideLocal,
        InetAddress outsideRemote,
        InetAddress insideLocal,
        InetAddress insideRemote,
        int insidePrefixLength,
        InnerSize inner,
        Traffic traffic,
        Map<String, Long> drops,
        Map<String, Long> misbehaviour,
        Map<String, Long> counts,
        List<IkePeerSummary.IkeSaSummary> ikeSas,
        List<IkePeerSummary.ChildSaSummary> childSas,
        Map<Integer, SequencesUsed> sequences,
        long roundTripNanos,
        PathStatus path,
        SnapshotClock clock) {
    public TunnelStatus {
        ikeSas = List.copyOf(ikeSas);
        childSas = List.copyOf(childSas);
        sequences = Map.copyOf(sequences);
    }

    /**
     * What fits through the tunnel.
     *
     * @param mtuBytes largest inner packet
     * @param mssBytes largest TCP segment over IPv4 in it
     * @param suite what packets are sealed with; the first that is offered before there is an SA
     * @param udpEncapsulated whether they travel in UDP
     * @param outerIpv6 whether they travel over IPv6
     * @param configuredBytes uplink MTU of the configuration
     * @param inUseBytes uplink MTU in use, lower where the watch has lowered it
     * @param deviceMtuBytes MTU of the connection's TUN device
     * @param flowMtuBytes inner MTU to which TCP is kept
     */
    public record InnerSize(
            int mtuBytes,
            int mssBytes,
            EspSuite suite,
            boolean udpEncapsulated,
            boolean outerIpv6,
            int configuredBytes,
            int inUseBytes,
            int deviceMtuBytes,
            int flowMtuBytes) {}

    /**
     * How much of a child SA's sequence numbers is used up, 0 to 1.
     *
     * @param in of the peer's
     * @param out of ours
     */
    public record SequencesUsed(double in, double out) {}

    /** Inner packets and octets since the start of the daemon. */
    public record Traffic(long packetsIn, long bytesIn, long packetsOut, long bytesOut) {}
}
