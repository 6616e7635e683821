package io.twinspan.crypto.offload;

import io.twinspan.crypto.packet.InternetChecksum;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;
import io.twinspan.crypto.packet.NetworkOrder;
import io.twinspan.crypto.packet.TcpView;
import io.twinspan.crypto.packet.UdpView;

/** One TCP or UDP packet as {@link Coalescer} sees it: where its parts are, and whether it may be merged at all. */
final class TransportPacket {
    /** What {@link #read} found. */
    enum Kind {
        /** It belongs to no flow that could be open. */
        FOREIGN,
        /** It may belong to a flow that is open, but does not say to which. */
        UNKEYED,
        /** It belongs to a flow and must not be merged. */
        ALONE,
        /** It belongs to a flow and may be merged; its checksum has not been looked at. */
        MERGEABLE
    }

    private static final int V4_FIRST_OCTET = 0x45;
    private static final int V4_ADDRESSES = 12;
    private static final int V6_ADDRESSES = 8;

    byte[] array = {};
    int offset;
    int totalBytes;
    boolean ipv4;
    int protocol;
    int transport;
    int headerBytes;
    int payloadBytes;

    /** Both ports, the source's in the upper half. */
    int ports;

    /** True where nothing may come behind it: PSH or FIN. */
    boolean isLast;

    Kind read(byte[] array, int offset, int length, boolean udpAllowed) {
        this.array = array;
        this.offset = offset;
        int version = IpPacket.version(array, offset, length);
        ipv4 = version == 4;
        Kind kind = switch (version) {
            case 4 -> readV4(length);
            case 6 -> readV6(length);
            default -> Kind.FOREIGN;
        };
        if (kind != Kind.MERGEABLE) {
            return kind;
        }
        return switch (protocol) {
            case IpPacket.PROTOCOL_TCP -> readTcp();
            case IpPacket.PROTOCOL_UDP -> udpAllowed ? readUdp() : Kind.FOREIGN;
            default -> Kind.FOREIGN;
        };
    }

    private Kind readV4(int length) {
        if (length < Ipv4View.MIN_HEADER_BYTES) {
            return Kind.FOREIGN;
        }
        totalBytes = Ipv4View.totalBytes(array, offset);
        protocol = Ipv4View.protocol(array, offset);
        transport = offset + Ipv4View.MIN_HEADER_BYTES;
        boolean plain = NetworkOrder.octet(array, offset) == V4_FIRST_OCTET
                && (Ipv4View.flagsAndOffset(array, offset) & ~Ipv4View.DONT_FRAGMENT) == 0
                && totalBytes == length;
        return plain ? Kind.MERGEABLE : Kind.UNKEYED;
    }

    private Kind readV6(int length) {
        if (length < Ipv6View.HEADER_BYTES) {
            return Kind.FOREIGN;
        }
        totalBytes = Ipv6View.totalBytes(array, offset);
        protocol = Ipv6View.nextHeader(array, offset);
        transport = offset + Ipv6View.HEADER_BYTES;
        boolean plain = protocol == IpPacket.PROTOCOL_TCP || protocol == IpPacket.PROTOCOL_UDP;
        return plain && totalBytes == length ? Kind.MERGEABLE : Kind.UNKEYED;
    }

    private Kind readTcp() {
        int room = totalBytes - (transport - offset);
        int size = room < TcpView.MIN_HEADER_BYTES ? 0 : TcpView.headerBytes(array, transport);
        if (size < TcpView.MIN_HEADER_BYTES || size > room) {
            return Kind.UNKEYED;
        }
        setSizes(size, room);
        int flags = TcpView.flags(array, transport);
        isLast = (flags & (TcpView.PSH | TcpView.FIN)) != 0;
        // CWR is never merged: whether a segmenter may repeat it depends on the kind of ECN (RFC 3168 or accurate).
        boolean ordinary =
                (flags & (TcpView.ACK | TcpView.SYN | TcpView.RST | TcpView.URG | TcpView.CWR)) == TcpView.ACK;
        return ordinary ? mergeableWhereFit() : Kind.ALONE;
    }

    private Kind readUdp() {
        int room = totalBytes - (transport - offset);
        if (room < UdpView.HEADER_BYTES) {
            return Kind.UNKEYED;
        }
        setSizes(UdpView.HEADER_BYTES, room);
        isLast = false;
        boolean ordinary = UdpView.length(array, transport) == room && UdpView.checksum(array, transport) != 0;
        return ordinary ? mergeableWhereFit() : Kind.ALONE;
    }

    private void setSizes(int transportHeaderBytes, int room) {
        headerBytes = transport - offset + transportHeaderBytes;
        payloadBytes = room - transportHeaderBytes;
        ports = NetworkOrder.quad(array, transport);
    }

    private Kind mergeableWhereFit() {
        boolean fits = payloadBytes > 0
                && totalBytes <= Flow.MAX_TOTAL_BYTES
                && (!ipv4 || Ipv4View.checksumValid(array, offset));
        return fits ? Kind.MERGEABLE : Kind.ALONE;
    }

    /** Takes over what {@code other} found, for a copy of the packet that stands in another array. */
    void copyOf(TransportPacket other, byte[] copy, int at) {
        array = copy;
        offset = at;
        totalBytes = other.totalBytes;
        ipv4 = other.ipv4;
        protocol = other.protocol;
        transport = at + other.transport - other.offset;
        headerBytes = other.headerBytes;
        payloadBytes = other.payloadBytes;
        ports = other.ports;
        isLast = other.isLast;
    }

    /** Whether both have the same IP version and the same two addresses in the same direction. */
    boolean sharesAddresses(byte[] other, int at) {
        if ((other[at] ^ array[offset]) >>> 4 != 0) {
            return false;
        }
        for (int i = firstAddress(); i < transport - offset; i += Long.BYTES) {
            if (NetworkOrder.octets8(other, at + i) != NetworkOrder.octets8(array, offset + i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the transport's checksum is right. */
    boolean checksumIsRight() {
        // Of the pseudo-header, the addresses stand right before the transport header: one sum takes in all of it.
        int upperBytes = totalBytes - (transport - offset);
        int addresses = firstAddress();
        return InternetChecksum.compute(array, offset + addresses, totalBytes - addresses, protocol + upperBytes) == 0;
    }

    /** The sum of the pseudo-header in sixteen bits, as it stands in a checksum field that is to be completed. */
    int foldedPseudoHeader(int upperBytes) {
        int from = offset + firstAddress();
        return ~InternetChecksum.compute(array, from, transport - from, protocol + upperBytes);
    }

    private int firstAddress() {
        return ipv4 ? V4_ADDRESSES : V6_ADDRESSES;
    }
}
