package io.twinspan.crypto.packet;

/**
 * ICMP errors about an IPv4 packet, written into the caller's buffer (RFC 792, RFC 1122 section 3.2.2, RFC 1812
 * section 4.3). Rate limiting is the caller's.
 */
public final class Icmpv4Error {
    /** RFC 1812 section 4.3.2.3: an error quotes as much as fits into a datagram of this size. */
    public static final int MAX_BYTES = 576;

    private static final int HEADER_BYTES = 8;
    private static final int OVERHEAD_BYTES = Ipv4View.MIN_HEADER_BYTES + HEADER_BYTES;
    private static final int DESTINATION_UNREACHABLE = 3;
    private static final int CODE_FRAGMENTATION_NEEDED = 4;

    /** RFC 1812 section 4.3.2.5: precedence "internetwork control". */
    private static final int TYPE_OF_SERVICE = 0xc0;

    private Icmpv4Error() {}

    /** Why a packet was refused: the codes of "destination unreachable" (RFC 792, RFC 1812 section 5.2.7.1). */
    public enum Unreachable {
        NET(0),
        HOST(1),
        ADMINISTRATIVELY_PROHIBITED(13);

        private final int code;

        Unreachable(int code) {
            this.code = code;
        }
    }

    /** True where the RFCs allow an error about this packet. Any octets may be asked about. */
    public static boolean mayAnswer(byte[] packet, int offset, int length) {
        // RFC 1812 section 4.3.2.7: never about a packet whose own header is broken, or a fragment but the first.
        return Ipv4View.check(packet, offset, length) == HeaderVerdict.OK
                && Ipv4View.checksumValid(packet, offset)
                && Ipv4View.fragmentOffsetBytes(packet, offset) == 0
                && isSingleHost(Ipv4View.source(packet, offset))
                && !isGroup(Ipv4View.destination(packet, offset))
                && !isIcmpError(packet, offset);
    }

    /**
     * Writes "destination unreachable" about the packet.
     *
     * @param source the address that the error comes from, in network order
     * @param target room for {@link #MAX_BYTES} octets from {@code targetOffset}
     * @return octets of the whole IPv4 packet, or 0 where no error may be sent
     */
    public static int unreachable(
            Unreachable reason, byte[] packet, int offset, int length, int source, byte[] target, int targetOffset) {
        return mayAnswer(packet, offset, length)
                ? write(reason.code, 0, packet, offset, source, target, targetOffset)
                : 0;
    }

    /**
     * Writes "fragmentation needed and DF set" with the MTU of the tunnel (RFC 1191 section 4).
     *
     * @param mtuBytes the largest packet that fits
     * @param source the address that the error comes from, in network order
     * @param target room for {@link #MAX_BYTES} octets from {@code targetOffset}
     * @return octets of the whole IPv4 packet, or 0 where no error may be sent
     */
    public static int fragmentationNeeded(
            int mtuBytes, byte[] packet, int offset, int length, int source, byte[] target, int targetOffset) {
        return mayAnswer(packet, offset, length)
                ? write(CODE_FRAGMENTATION_NEEDED, mtuBytes, packet, offset, source, target, targetOffset)
                : 0;
    }

    private static int write(
            int code, int mtuBytes, byte[] packet, int offset, int source, byte[] target, int targetOffset) {
        int quoted = Math.min(Ipv4View.totalBytes(packet, offset), MAX_BYTES - OVERHEAD_BYTES);
        int total = OVERHEAD_BYTES + quoted;
        int icmp = targetOffset + Ipv4View.MIN_HEADER_BYTES;
        System.arraycopy(packet, offset, target, icmp + HEADER_BYTES, quoted);
        target[icmp] = DESTINATION_UNREACHABLE;
        target[icmp + 1] = (byte) code;
        NetworkOrder.putWord(target, icmp + 2, 0);
        NetworkOrder.putQuad(target, icmp + 4, mtuBytes & 0xffff);
        NetworkOrder.putWord(target, icmp + 2, InternetChecksum.compute(target, icmp, HEADER_BYTES + quoted, 0));
        int destination = Ipv4View.source(packet, offset);
        Ipv4View.write(target, targetOffset, TYPE_OF_SERVICE, total, IpPacket.PROTOCOL_ICMP, source, destination);
        return total;
    }

    /** RFC 1122 section 3.2.2: not zero, not loopback, not a group, not broadcast, not class E. */
    private static boolean isSingleHost(int address) {
        int firstOctet = address >>> 24;
        return firstOctet != 0 && firstOctet != 127 && firstOctet < 224;
    }

    private static boolean isGroup(int address) {
        return address >>> 28 == 0xe || address == -1;
    }

    private static boolean isIcmpError(byte[] packet, int offset) {
        if (Ipv4View.protocol(packet, offset) != IpPacket.PROTOCOL_ICMP) {
            return false;
        }
        int headerBytes = Ipv4View.headerBytes(packet, offset);
        return Ipv4View.totalBytes(packet, offset) == headerBytes
                || !isIcmpQuery(NetworkOrder.octet(packet, offset + headerBytes));
    }

    /** Echo, router discovery, timestamp, information, address mask, extended echo; an unknown type may be an error. */
    private static boolean isIcmpQuery(int type) {
        return switch (type) {
            case 0, 8, 9, 10, 13, 14, 15, 16, 17, 18, 42, 43 -> true;
            default -> false;
        };
    }
}
