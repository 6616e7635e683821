package io.twinspan.daemon.dataplane;

import java.util.Map;

/** A tunnel's packet counters: written by one data loop each, readable from any thread, never reset. */
public interface TunnelCounters {
    /** ESP packets that proved authentic, probes and their answers included. */
    long packetsAuthenticated();

    /**
     * ESP sequence numbers of the peer that were passed over and did not come late either: packets lost on their way here,
     * and those still under way where the path changes their order.
     */
    long packetsMissingIn();

    /** Inner packets received through the tunnel and handed to the TUN; no answers to probes. */
    long packetsIn();

    /** Inner octets received. */
    long bytesIn();

    /** Inner packets sent through the tunnel; no probes. */
    long packetsOut();

    /** Inner octets sent. */
    long bytesOut();

    /** Octets of {@link #packetsAuthenticated} outside, IP and UDP headers included. */
    long espBytesIn();

    /** ESP packets handed to the socket, probes included. */
    long espPacketsOut();

    /** Octets of {@link #espPacketsOut} outside, IP and UDP headers included. */
    long espBytesOut();

    /** What packets' sizes made necessary. */
    SizeCounts sizes();

    /** When ESP of this tunnel last proved authentic, on the monotonic clock; {@code Long.MIN_VALUE} for never. */
    long lastAuthenticatedNanos();

    /** Drops of packets from the peer, by name; only names that occurred. A fresh map. */
    Map<String, Long> dropsIn();

    /** Drops of packets to the peer, by name; only names that occurred. A fresh map. */
    Map<String, Long> dropsOut();

    /** Drops by name, both directions; only names that occurred. A fresh map. */
    Map<String, Long> drops();
}
