package io.twinspan.crypto.esp;

/**
 * What ESP must know of an inner IPv4 or IPv6 packet, read into fields that are reused for the next packet. Addresses are
 * two 64-bit halves; an IPv4 address is the low half.
 */
final class InnerHeader {
    private static final int IPV4_MIN_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int MAX_EXTENSION_HEADERS = 8;
    private static final int UNKNOWN_PORT = -1;

    private static final int HOP_BY_HOP = 0;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int ICMPV6 = 58;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int SCTP = 132;
    private static final int UDP_LITE = 136;

    private boolean ipv6;
    private int totalLength;
    private int protocol;
    private int sourcePort;
    private int destinationPort;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;

    /**
     * Reads version, length and addresses.
     *
     * @param available octets from {@code offset}; the packet may be shorter, never longer
     * @return false where this is no IP packet that fits
     */
    boolean read(byte[] packet, int offset, int available) {
        if (available < IPV4_MIN_BYTES) {
            return false;
        }
        return switch (EspLayout.getOctet(packet, offset) >> 4) {
            case 4 -> readIpv4(packet, offset, available);
            case 6 -> available >= IPV6_BYTES && readIpv6(packet, offset, available);
            default -> false;
        };
    }

    private boolean readIpv4(byte[] packet, int offset, int available) {
        int headerLength = (packet[offset] & 0x0f) * 4;
        ipv6 = false;
        totalLength = EspLayout.getShort(packet, offset + 2);
        sourceHigh = 0;
        sourceLow = EspLayout.getInt(packet, offset + 12) & 0xffff_ffffL;
        destinationHigh = 0;
        destinationLow = EspLayout.getInt(packet, offset + 16) & 0xffff_ffffL;
        return headerLength >= IPV4_MIN_BYTES && totalLength >= headerLength && totalLength <= available;
    }

    private boolean readIpv6(byte[] packet, int offset, int available) {
        ipv6 = true;
        totalLength = IPV6_BYTES + EspLayout.getShort(packet, offset + 4);
        sourceHigh = EspLayout.getLong(packet, offset + 8);
        sourceLow = EspLayout.getLong(packet, offset + 16);
        destinationHigh = EspLayout.getLong(packet, offset + 24);
        destinationLow = EspLayout.getLong(packet, offset + 32);
        return totalLength <= available;
    }

    /** Reads protocol and ports of the packet that {@link #read} accepted. */
    void readUpperLayer(byte[] packet, int offset) {
        sourcePort = UNKNOWN_PORT;
        destinationPort = UNKNOWN_PORT;
        if (ipv6) {
            readUpperLayerOfIpv6(packet, offset);
            return;
        }
        protocol = EspLayout.getOctet(packet, offset + 9);
        boolean laterFragment = (EspLayout.getShort(packet, offset + 6) & 0x1fff) != 0;
        if (!laterFragment) {
            readPorts(packet, offset, (packet[offset] & 0x0f) * 4);
        }
    }

    private void readUpperLayerOfIpv6(byte[] packet, int offset) {
        protocol = EspLayout.getOctet(packet, offset + 6);
        int at = IPV6_BYTES;
        for (int i = 0; i < MAX_EXTENSION_HEADERS && isExtension(protocol) && at + 8 <= totalLength; i++) {
            boolean laterFragment = protocol == FRAGMENT && (EspLayout.getShort(packet, offset + at + 2) & 0xfff8) != 0;
            int length = protocol == FRAGMENT ? 8 : (EspLayout.getOctet(packet, offset + at + 1) + 1) * 8;
            protocol = EspLayout.getOctet(packet, offset + at);
            at += length;
            if (laterFragment) {
                return;
            }
        }
        readPorts(packet, offset, at);
    }

    private static boolean isExtension(int nextHeader) {
        return nextHeader == HOP_BY_HOP
                || nextHeader == ROUTING
                || nextHeader == FRAGMENT
                || nextHeader == DESTINATION_OPTIONS;
    }

    private void readPorts(byte[] packet, int offset, int at) {
        if (at + 4 > totalLength) {
            return;
        }
        if (protocol == TCP || protocol == UDP || protocol == SCTP || protocol == UDP_LITE) {
            sourcePort = EspLayout.getShort(packet, offset + at);
            destinationPort = EspLayout.getShort(packet, offset + at + 2);
        } else if (protocol == ICMP || protocol == ICMPV6) {
            // RFC 7296 section 3.13.1: type and code stand where the port is, on both sides.
            sourcePort = EspLayout.getShort(packet, offset + at);
            destinationPort = sourcePort;
        }
    }

    boolean isIpv6() {
        return ipv6;
    }

    /** Octets of the packet by its own header. */
    int totalLength() {
        return totalLength;
    }

    boolean sourceIn(SelectorSet selectors) {
        return selectors.allows(ipv6, sourceHigh, sourceLow, protocol, sourcePort);
    }

    boolean destinationIn(SelectorSet selectors) {
        return selectors.allows(ipv6, destinationHigh, destinationLow, protocol, destinationPort);
    }
}
