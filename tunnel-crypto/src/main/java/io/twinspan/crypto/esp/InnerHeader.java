package io.twinspan.crypto.esp;

import io.twinspan.crypto.packet.HeaderVerdict;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;

/**
 * What selectors are compared with, of one inner packet, in fields that are reused for the next. Addresses are two 64-bit
 * halves; an IPv4 address is the low half.
 */
final class InnerHeader {
    private static final int UNKNOWN = -1;
    private static final int PROTOCOL_SCTP = 132;
    private static final int PROTOCOL_UDP_LITE = 136;
    private static final int PORTS_BYTES = 4;

    private boolean ipv6;
    private int protocol;
    private int sourcePort;
    private int destinationPort;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;

    /**
     * Reads version and addresses.
     *
     * @param available octets from {@code offset}; the packet may be shorter, never longer
     * @return false where this is no IP packet that fits
     */
    boolean read(byte[] packet, int offset, int available) {
        if (IpPacket.check(packet, offset, available) != HeaderVerdict.OK) {
            return false;
        }
        ipv6 = IpPacket.version(packet, offset, available) == 6;
        if (ipv6) {
            sourceHigh = Ipv6View.sourceHigh(packet, offset);
            sourceLow = Ipv6View.sourceLow(packet, offset);
            destinationHigh = Ipv6View.destinationHigh(packet, offset);
            destinationLow = Ipv6View.destinationLow(packet, offset);
        } else {
            sourceHigh = 0;
            sourceLow = Integer.toUnsignedLong(Ipv4View.source(packet, offset));
            destinationHigh = 0;
            destinationLow = Integer.toUnsignedLong(Ipv4View.destination(packet, offset));
        }
        return true;
    }

    /**
     * Reads protocol and ports of the packet that {@link #read} accepted. What cannot be seen, as in a later fragment, is
     * unknown and matches only a selector that does not ask.
     */
    void readUpperLayer(byte[] packet, int offset) {
        sourcePort = UNKNOWN;
        destinationPort = UNKNOWN;
        if (ipv6) {
            int upperLayer = Ipv6View.upperLayer(packet, offset);
            protocol = UNKNOWN;
            if (upperLayer != Ipv6View.NO_UPPER_LAYER) {
                protocol = Ipv6View.upperLayerProtocol(upperLayer);
                readPorts(packet, offset, Ipv6View.upperLayerOffset(upperLayer));
            }
            return;
        }
        protocol = Ipv4View.protocol(packet, offset);
        if (Ipv4View.fragmentOffsetBytes(packet, offset) == 0) {
            readPorts(packet, offset, Ipv4View.headerBytes(packet, offset));
        }
    }

    private void readPorts(byte[] packet, int offset, int at) {
        if (at + PORTS_BYTES > IpPacket.totalBytes(packet, offset)) {
            return;
        }
        int ports = EspLayout.getInt(packet, offset + at);
        switch (protocol) {
            case IpPacket.PROTOCOL_TCP, IpPacket.PROTOCOL_UDP, PROTOCOL_SCTP, PROTOCOL_UDP_LITE -> {
                sourcePort = ports >>> 16;
                destinationPort = ports & 0xffff;
            }
            case IpPacket.PROTOCOL_ICMP, IpPacket.PROTOCOL_ICMPV6 -> {
                // RFC 7296 section 3.13.1: type and code stand where the port is, on both sides.
                sourcePort = ports >>> 16;
                destinationPort = ports >>> 16;
            }
            default -> {
                // No ports to read.
            }
        }
    }

    boolean isIpv6() {
        return ipv6;
    }

    boolean sourceIn(SelectorSet selectors) {
        return selectors.allows(ipv6, sourceHigh, sourceLow, protocol, sourcePort);
    }

    boolean destinationIn(SelectorSet selectors) {
        return selectors.allows(ipv6, destinationHigh, destinationLow, protocol, destinationPort);
    }
}
