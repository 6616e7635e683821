package io.twinspan.daemon.dataplane;

import java.util.Map;

/** A tunnel's packet counters: written by one data loop each, readable from any thread, never reset. */
public interface TunnelCounters {
    /** Inner packets received through the tunnel and handed to the TUN. */
    long packetsIn();

    /** Inner octets received. */
    long bytesIn();

    /** Inner packets sent through the tunnel. */
    long packetsOut();

    /** Inner octets sent. */
    long bytesOut();

    /** When ESP of this tunnel last proved authentic, on the monotonic clock; {@code Long.MIN_VALUE} for never. */
    long lastAuthenticatedNanos();

    /** Drops by name, both directions; only names that occurred. A fresh map. */
    Map<String, Long> drops();
}
