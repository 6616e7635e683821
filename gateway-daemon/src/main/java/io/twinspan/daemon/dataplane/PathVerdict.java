package io.twinspan.daemon.dataplane;

/** Why the path itself dropped a packet, besides the verdicts of ESP. Each value is the name of a counter. */
public enum PathVerdict {
    /** Outbound: not a whole IPv4 or IPv6 packet. */
    MALFORMED,
    /** Outbound: the destination is neither in a protected prefix nor an inside address of a peer. */
    NOT_PROTECTED,
    /** Outbound: no tunnel is active; refused with ICMP (RFC 4301 section 5.1). */
    NO_ACTIVE_TUNNEL,
    /** Outbound: the tunnel has no child SA to send on; refused with ICMP. */
    NO_OUTBOUND_SA,
    /** Outbound: too long for the tunnel and not to be fragmented; answered with ICMP (RFC 4301 section 8.2.1). */
    TOO_BIG,
    /** Outbound: the queue before the cipher was full. */
    EGRESS_QUEUE_FULL,
    /** Dropped by queue management (RFC 8289), a packet or one segment of a super-packet; either direction. */
    AQM_DROP,
    /** Marked by queue management instead of dropped (RFC 3168); not a fault. */
    AQM_MARKED,
    /** Outbound: the socket's queue was full. */
    SEND_QUEUE_FULL,
    /** Outbound: the kernel refused to send the ESP packet. */
    SEND_FAILED,
    /** Outbound: a drill lost it on purpose. */
    DRILL_OUT,

    /** Inbound: shorter than an ESP header. */
    ESP_TOO_SHORT,
    /** Inbound: SPI 0..255 (RFC 4303 section 2.1). */
    ESP_RESERVED_SPI,
    /** Inbound: no child SA has this SPI. */
    UNKNOWN_SPI,
    /** Inbound: a drill lost it on purpose, before anything else was looked at. */
    DRILL_IN,
    /** Inbound: the inner source is not behind this tunnel's peer (RFC 4301 section 5.2). */
    FOREIGN_INNER_SOURCE,
    /** Inbound: the inner destination is neither local nor this tunnel's inside address. */
    FOREIGN_INNER_DESTINATION,
    /** Inbound: the TUN device refused the packet. */
    TUN_WRITE_FAILED,
    /** Inbound: a NAT keepalive, RFC 3948 section 2.3; not a fault. */
    NAT_KEEPALIVE
}
