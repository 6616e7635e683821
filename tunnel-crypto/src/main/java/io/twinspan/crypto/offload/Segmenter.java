package io.twinspan.crypto.offload;

import io.twinspan.crypto.packet.HeaderVerdict;
import io.twinspan.crypto.packet.InternetChecksum;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;
import io.twinspan.crypto.packet.NetworkOrder;
import io.twinspan.crypto.packet.TcpView;
import io.twinspan.crypto.packet.UdpView;

/**
 * Cuts what a TUN device delivered into the packets that would have travelled without offloads, octet for octet as the
 * Linux kernel's software GSO makes them.
 *
 * <p>{@link #read} first; where it answers true, {@link #write} for each index below {@link #count}. The array must stay
 * as it is in between. Of the virtio header only the type, the segment size and the place of the checksum are used, and
 * only where the packet's own headers agree with them. One object for each loop, used again and again; one thread.
 */
public final class Segmenter {
    private static final int FIRST_ONLY = TcpView.CWR;
    private static final int LAST_ONLY = TcpView.FIN | TcpView.PSH;

    private byte[] packet = {};
    private int offset;
    private int length;

    private int protocol;
    private int transport;
    private int end;

    private int headerBytes;
    private int payloadBytes;
    private int segmentBytes;
    private int count;
    private boolean ipv4;
    private long ipSum;
    private long transportSum;
    private int identification;
    private int sequence;
    private int flags;

    /**
     * Reads virtio header and packet, and completes in place a checksum that a packet which is not to be cut lacks.
     *
     * @param packet the array; it is kept until the next call
     * @param offset where the packet begins; the virtio header stands in the {@link VirtioNetHeader#OCTETS} before it
     * @param length octets of the packet, without the virtio header
     * @return false where header and packet do not agree, or the packet is of no kind that may be cut: to be dropped and
     *     counted. A packet for which nothing is to be done is not looked at, and true is answered.
     */
    public boolean read(byte[] packet, int offset, int length) {
        this.packet = packet;
        this.offset = offset;
        this.length = length;
        count = 1;
        int header = offset - VirtioNetHeader.OCTETS;
        boolean unfinished = (VirtioNetHeader.flags(packet, header) & VirtioNetHeader.NEEDS_CSUM) != 0;
        int gsoType = VirtioNetHeader.gsoType(packet, header);
        if (gsoType == VirtioNetHeader.GSO_NONE) {
            return !unfinished || (findTransport() && completeChecksum(header));
        }
        // virtio 1.2 section 5.1.6.2.1: whoever asks for segmentation asks for the checksums too.
        if (!unfinished || !findTransport() || !measure(gsoType, header)) {
            return false;
        }
        if (payloadBytes <= segmentBytes) {
            return completeChecksum(header);
        }
        count = (payloadBytes + segmentBytes - 1) / segmentBytes;
        prepare();
        return true;
    }

    /** How many packets it makes; 1 where nothing is to be cut. */
    public int count() {
        return count;
    }

    /** True where the packet stays as it is and where it is. */
    public boolean isWhole() {
        return count == 1;
    }

    /** Octets of the packet with this index, 0 .. count - 1. */
    public int segmentLength(int index) {
        return isWhole() ? length : headerBytes + dataBytes(index);
    }

    /** Octets of the longest of them. */
    public int longestSegment() {
        return segmentLength(0);
    }

    /**
     * Writes one packet, from its IP header to the end of its payload.
     *
     * @param index 0 .. count - 1
     * @param target room for {@link #segmentLength} octets from {@code targetOffset}; not the packet's own octets
     * @return octets written
     */
    public int write(int index, byte[] target, int targetOffset) {
        if (isWhole()) {
            System.arraycopy(packet, offset, target, targetOffset, length);
            return length;
        }
        int data = dataBytes(index);
        int from = offset + headerBytes + index * segmentBytes;
        System.arraycopy(packet, offset, target, targetOffset, headerBytes);
        long sum = InternetChecksum.copyAndSum(packet, from, data, target, targetOffset + headerBytes);
        writeIp(index, headerBytes + data, target, targetOffset);
        int upper = targetOffset + transport - offset;
        int upperBytes = offset + headerBytes - transport + data;
        if (protocol == IpPacket.PROTOCOL_TCP) {
            writeTcp(index, sum + upperBytes, target, upper);
        } else {
            // The length is added twice, for the header's field and for the pseudo-header's.
            UdpView.setLength(target, upper, upperBytes);
            UdpView.setChecksum(target, upper, InternetChecksum.finish(transportSum + sum + 2L * upperBytes));
        }
        return headerBytes + data;
    }

    private void writeIp(int index, int totalBytes, byte[] target, int at) {
        if (ipv4) {
            int id = (identification + index) & 0xffff;
            Ipv4View.setTotalBytesAndIdentification(target, at, totalBytes, id);
            Ipv4View.setChecksum(target, at, InternetChecksum.finish(ipSum + totalBytes + id));
        } else {
            Ipv6View.setPayloadBytes(target, at, totalBytes - Ipv6View.HEADER_BYTES);
        }
    }

    private void writeTcp(int index, long sum, byte[] target, int at) {
        int place = sequence + index * segmentBytes;
        int kept = flags & ~(index == 0 ? 0 : FIRST_ONLY) & ~(index == count - 1 ? 0 : LAST_ONLY);
        TcpView.setSequence(target, at, place);
        TcpView.setFlags(target, at, kept);
        TcpView.setChecksum(target, at, InternetChecksum.finish(transportSum + sum + (place & 0xffff_ffffL) + kept));
    }

    private int dataBytes(int index) {
        return Math.min(segmentBytes, payloadBytes - index * segmentBytes);
    }

    /** Finds protocol, transport header and end of a whole IP packet. */
    private boolean findTransport() {
        ipv4 = IpPacket.version(packet, offset, length) == 4;
        return ipv4 ? findTransportV4() : findTransportV6();
    }

    private boolean findTransportV4() {
        if (Ipv4View.check(packet, offset, length) != HeaderVerdict.OK || Ipv4View.isFragment(packet, offset)) {
            return false;
        }
        protocol = Ipv4View.protocol(packet, offset);
        transport = offset + Ipv4View.headerBytes(packet, offset);
        end = offset + Ipv4View.totalBytes(packet, offset);
        return true;
    }

    private boolean findTransportV6() {
        if (Ipv6View.check(packet, offset, length) != HeaderVerdict.OK) {
            return false;
        }
        int upperLayer = Ipv6View.upperLayer(packet, offset);
        if (upperLayer == Ipv6View.NO_UPPER_LAYER || Ipv6View.isFragment(upperLayer)) {
            return false;
        }
        protocol = Ipv6View.upperLayerProtocol(upperLayer);
        transport = offset + Ipv6View.upperLayerOffset(upperLayer);
        end = offset + Ipv6View.totalBytes(packet, offset);
        return true;
    }

    /** Header and payload sizes of a super-packet; false where the virtio header and the packet's do not agree. */
    private boolean measure(int gsoType, int header) {
        int room = end - transport;
        int expected = switch (gsoType & ~VirtioNetHeader.GSO_ECN) {
            case VirtioNetHeader.GSO_TCPV4 -> ipv4 ? IpPacket.PROTOCOL_TCP : -1;
            case VirtioNetHeader.GSO_TCPV6 -> ipv4 ? -1 : IpPacket.PROTOCOL_TCP;
            case VirtioNetHeader.GSO_UDP_L4 -> IpPacket.PROTOCOL_UDP;
            default -> -1;
        };
        if (protocol != expected || !checksumIsTheTransports(header)) {
            return false;
        }
        int upperHeader = protocol == IpPacket.PROTOCOL_TCP ? tcpHeaderBytes(room) : udpHeaderBytes(room);
        headerBytes = transport - offset + upperHeader;
        payloadBytes = room - upperHeader;
        segmentBytes = VirtioNetHeader.segmentBytes(packet, header);
        return upperHeader != 0 && segmentBytes != 0;
    }

    private int tcpHeaderBytes(int room) {
        int size = room < TcpView.MIN_HEADER_BYTES ? 0 : TcpView.headerBytes(packet, transport);
        return size < TcpView.MIN_HEADER_BYTES || size > room ? 0 : size;
    }

    private int udpHeaderBytes(int room) {
        boolean complete = room >= UdpView.HEADER_BYTES && UdpView.length(packet, transport) == room;
        return complete ? UdpView.HEADER_BYTES : 0;
    }

    private boolean checksumIsTheTransports(int header) {
        int field = protocol == IpPacket.PROTOCOL_TCP ? TcpView.CHECKSUM : UdpView.CHECKSUM;
        return VirtioNetHeader.checksumStart(packet, header) == transport - offset
                && VirtioNetHeader.checksumOffset(packet, header) == field;
    }

    /**
     * The checksum of a packet that stays whole. The field holds the sum of the pseudo-header (which is not always that
     * of the addresses in sight: a routing header hides the last one), so that the rest is only added.
     */
    private boolean completeChecksum(int header) {
        int start = offset + VirtioNetHeader.checksumStart(packet, header);
        int field = start + VirtioNetHeader.checksumOffset(packet, header);
        if (field + Short.BYTES > end || !mayBeginAt(start, header)) {
            return false;
        }
        int checksum = InternetChecksum.compute(packet, start, end - start, 0);
        if (field - start == UdpView.CHECKSUM) {
            UdpView.setChecksum(packet, start, checksum);
        } else {
            // RFC 9293 section 3.1 gives zero no other meaning: it travels as computed, as in the segments of a cut.
            NetworkOrder.putWord(packet, field, checksum);
        }
        return true;
    }

    /** TCP and UDP have one place for it; of a packet with another inside, that one's may be what is unfinished. */
    private boolean mayBeginAt(int start, int header) {
        if (start > transport && protocol != IpPacket.PROTOCOL_TCP) {
            return true;
        }
        boolean known = protocol == IpPacket.PROTOCOL_TCP || protocol == IpPacket.PROTOCOL_UDP;
        return known ? checksumIsTheTransports(header) : start == transport;
    }

    /** The sums of what is the same in every segment. A word that differs is taken out: adding its complement does it. */
    private void prepare() {
        if (ipv4) {
            identification = Ipv4View.identification(packet, offset);
            int differing = Ipv4View.totalBytes(packet, offset) + identification + Ipv4View.checksum(packet, offset);
            ipSum = InternetChecksum.sum(packet, offset, transport - offset) + 3 * 0xffff - differing;
        }
        int upperBytes = end - transport;
        int upperHeader = offset + headerBytes - transport;
        // The checksum field stays in the sum: it is the pseudo-header, but for the length.
        long all = InternetChecksum.sum(packet, transport, upperHeader) + 0xffff - upperBytes;
        if (protocol == IpPacket.PROTOCOL_TCP) {
            sequence = TcpView.sequence(packet, transport);
            flags = TcpView.flags(packet, transport);
            transportSum = all + (~sequence & 0xffff_ffffL) + (~flags & 0xffff);
        } else {
            transportSum = all + 0xffff - upperBytes;
        }
    }
}
