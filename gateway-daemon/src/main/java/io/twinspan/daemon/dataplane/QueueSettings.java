package io.twinspan.daemon.dataplane;

/**
 * Bounds of what waits between a TUN and its tunnel.
 *
 * @param packets most data packets, a super-packet counted as one
 * @param octets most octets of data
 * @param targetNanos how long a packet may wait as a rule (RFC 8289 section 4.3)
 * @param intervalNanos how long packets must have waited longer before one is dropped or marked
 */
public record QueueSettings(int packets, int octets, long targetNanos, long intervalNanos) {}
