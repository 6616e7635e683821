package io.twinspan.crypto.offload;

import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;
import io.twinspan.crypto.packet.NetworkOrder;
import io.twinspan.crypto.packet.TcpView;
import io.twinspan.crypto.packet.UdpView;

/**
 * Packets of one flow, being put together. Until {@link #write} the headers are those of the first packet, untouched but
 * for PSH and FIN, so that whatever comes next is compared with what came first.
 */
final class Flow {
    /** The longest super-packet. IPv6 could have 40 octets more, but the kernel's limit is the same for both. */
    static final int MAX_TOTAL_BYTES = 65_535;

    /** As many datagrams as the kernel puts together at most. */
    private static final int MAX_DATAGRAMS = 64;

    /** The packet, and with it most fields, begins at a multiple of eight. */
    private static final int PACKET = 16;

    private static final int HEADER = PACKET - VirtioNetHeader.OCTETS;
    private static final int V4_FRAGMENT = 6;
    private static final int V4_TIME_TO_LIVE = 8;
    private static final int V6_HOP_LIMIT = 7;
    private static final int TCP_ACKNOWLEDGMENT = 8;
    private static final int TCP_FLAGS_AND_WINDOW = 12;
    private static final int TCP_URGENT_POINTER = 18;
    private static final int PSH_AND_FIN = (TcpView.PSH | TcpView.FIN) << 16;

    private final byte[] buffer = new byte[PACKET + MAX_TOTAL_BYTES + 1];
    private final TransportPacket first = new TransportPacket();
    private int totalBytes;
    private int segmentBytes;
    private int packets;
    private int nextSequence;
    private boolean verified;
    private boolean closed;

    /** Begins with a copy of this packet. */
    void open(TransportPacket packet) {
        System.arraycopy(packet.array, packet.offset, buffer, PACKET, packet.totalBytes);
        first.copyOf(packet, buffer, PACKET);
        totalBytes = packet.totalBytes;
        segmentBytes = packet.payloadBytes;
        packets = 1;
        verified = false;
        closed = false;
        nextSequence = TcpView.sequence(buffer, first.transport) + segmentBytes;
    }

    boolean isOf(TransportPacket packet) {
        return first.ports == packet.ports && first.protocol == packet.protocol && sharesAddresses(packet);
    }

    boolean sharesAddresses(TransportPacket packet) {
        return packet.sharesAddresses(buffer, PACKET);
    }

    /** True where nothing more may be appended. */
    boolean isClosed() {
        return closed;
    }

    /** Whether this packet continues what is here, checksums aside. */
    boolean continues(TransportPacket packet) {
        return packet.payloadBytes <= segmentBytes
                && totalBytes + packet.payloadBytes <= MAX_TOTAL_BYTES
                && (first.ipv4 ? continuesV4(packet) : continuesV6(packet))
                && (first.protocol == IpPacket.PROTOCOL_TCP ? continuesTcp(packet) : packets < MAX_DATAGRAMS);
    }

    private boolean continuesV4(TransportPacket packet) {
        byte[] array = packet.array;
        int offset = packet.offset;
        return Ipv4View.typeOfService(array, offset) == Ipv4View.typeOfService(buffer, PACKET)
                && sameWord(array, offset + V4_FRAGMENT, PACKET + V4_FRAGMENT)
                && sameWord(array, offset + V4_TIME_TO_LIVE, PACKET + V4_TIME_TO_LIVE)
                && (Ipv4View.dontFragment(array, offset) || identificationFollows(array, offset));
    }

    /** RFC 6864 section 4: with DF the identification has no meaning; without, segmentation must find the same one. */
    private boolean identificationFollows(byte[] array, int offset) {
        int expected = Ipv4View.identification(buffer, PACKET) + packets;
        return Ipv4View.identification(array, offset) == (expected & 0xffff);
    }

    private boolean continuesV6(TransportPacket packet) {
        // Version, traffic class and flow label are the first four octets.
        return NetworkOrder.quad(packet.array, packet.offset) == NetworkOrder.quad(buffer, PACKET)
                && packet.array[packet.offset + V6_HOP_LIMIT] == buffer[PACKET + V6_HOP_LIMIT];
    }

    private boolean continuesTcp(TransportPacket packet) {
        byte[] array = packet.array;
        int tcp = packet.transport;
        int mine = first.transport;
        // The data offset is in it as well, so that the options are equally long.
        int flagsAndWindow = NetworkOrder.quad(array, tcp + TCP_FLAGS_AND_WINDOW)
                ^ NetworkOrder.quad(buffer, mine + TCP_FLAGS_AND_WINDOW);
        return TcpView.sequence(array, tcp) == nextSequence
                && sameQuad(array, tcp + TCP_ACKNOWLEDGMENT, mine + TCP_ACKNOWLEDGMENT)
                && (flagsAndWindow & ~PSH_AND_FIN) == 0
                && sameWord(array, tcp + TCP_URGENT_POINTER, mine + TCP_URGENT_POINTER)
                && sameOptions(packet);
    }

    private boolean sameOptions(TransportPacket packet) {
        int end = packet.offset + packet.headerBytes;
        int mine = first.transport + TcpView.MIN_HEADER_BYTES;
        for (int at = packet.transport + TcpView.MIN_HEADER_BYTES;
                at < end;
                at += Integer.BYTES, mine += Integer.BYTES) {
            if (!sameQuad(packet.array, at, mine)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameWord(byte[] array, int at, int mine) {
        return NetworkOrder.word(array, at) == NetworkOrder.word(buffer, mine);
    }

    private boolean sameQuad(byte[] array, int at, int mine) {
        return NetworkOrder.quad(array, at) == NetworkOrder.quad(buffer, mine);
    }

    /**
     * Appends the payload of a packet that {@link #continues}.
     *
     * @return false, and nothing has changed, where its checksum or that of the first packet is wrong
     */
    boolean append(TransportPacket packet) {
        verified = verified || first.checksumIsRight();
        if (!verified || !packet.checksumIsRight()) {
            return false;
        }
        int size = packet.payloadBytes;
        System.arraycopy(packet.array, packet.offset + packet.headerBytes, buffer, PACKET + totalBytes, size);
        totalBytes += size;
        nextSequence += size;
        packets++;
        if (packet.isLast) {
            int flags = TcpView.flags(packet.array, packet.transport) & (TcpView.PSH | TcpView.FIN);
            TcpView.setFlags(buffer, first.transport, TcpView.flags(buffer, first.transport) | flags);
        }
        closed = packet.isLast || size < segmentBytes;
        return true;
    }

    /** Writes it out: one packet exactly as it came, more as a super-packet. */
    void write(Coalescer.Sink sink) {
        if (packets == 1) {
            VirtioNetHeader.writeNone(buffer, HEADER);
        } else {
            finish();
        }
        sink.write(buffer, HEADER, VirtioNetHeader.OCTETS + totalBytes, packets);
    }

    private void finish() {
        boolean tcp = first.protocol == IpPacket.PROTOCOL_TCP;
        int start = first.transport - PACKET;
        int field = tcp ? TcpView.CHECKSUM : UdpView.CHECKSUM;
        if (first.ipv4) {
            Ipv4View.setTotalBytes(buffer, PACKET, totalBytes);
            Ipv4View.writeChecksum(buffer, PACKET);
        } else {
            Ipv6View.setPayloadBytes(buffer, PACKET, totalBytes - start);
        }
        if (!tcp) {
            UdpView.setLength(buffer, first.transport, totalBytes - start);
        }
        NetworkOrder.putWord(buffer, first.transport + field, first.foldedPseudoHeader(totalBytes - start));
        VirtioNetHeader.write(
                buffer,
                HEADER,
                VirtioNetHeader.NEEDS_CSUM,
                tcp ? tcpType() : VirtioNetHeader.GSO_UDP_L4,
                first.headerBytes,
                segmentBytes,
                start,
                field);
    }

    private int tcpType() {
        return first.ipv4 ? VirtioNetHeader.GSO_TCPV4 : VirtioNetHeader.GSO_TCPV6;
    }
}
