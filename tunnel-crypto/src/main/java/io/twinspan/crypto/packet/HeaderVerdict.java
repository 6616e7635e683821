package io.twinspan.crypto.packet;

/** What a look at an IP header found; everything but {@code OK} is a reason to drop the packet and count it. */
public enum HeaderVerdict {
    OK,
    /** Fewer octets than the fixed header. */
    TRUNCATED_HEADER,
    /** The version is not the one that was asked about. */
    WRONG_VERSION,
    /** The IPv4 header length is below 20 or beyond the packet (RFC 791 section 3.1). */
    BAD_HEADER_LENGTH,
    /** The packet says that it is shorter than its header or longer than what arrived. */
    BAD_TOTAL_LENGTH,
    /** An IPv4 fragment that no datagram can have: it ends past 65,535, or more follow and it ends within 8 octets. */
    BAD_FRAGMENT
}
