package io.twinspan.crypto.ike.message;

import io.twinspan.crypto.net.TrafficSelector;

/** One entry of a traffic selector payload (RFC 7296 section 3.13.1). */
public sealed interface WireSelector {
    /** TS_IPV4_ADDR_RANGE (7) or TS_IPV6_ADDR_RANGE (8). */
    record Range(TrafficSelector selector) implements WireSelector {}

    /**
     * A selector of a type we do not speak (RFC 9478 labels, Fibre Channel): never matched.
     *
     * @param type TS type, 0..255
     * @param protocol the second octet, 0..255
     * @param body what follows the length field
     */
    record Opaque(int type, int protocol, Octets body) implements WireSelector {}
}
