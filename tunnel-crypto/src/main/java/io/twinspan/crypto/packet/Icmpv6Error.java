package io.twinspan.crypto.packet;

/** ICMPv6 errors about an IPv6 packet, written into the caller's buffer (RFC 4443). Rate limiting is the caller's. */
public final class Icmpv6Error {
    /** RFC 4443 section 2.4(c): an error quotes as much as fits into the smallest IPv6 MTU. */
    public static final int MAX_BYTES = 1280;

    private static final int HEADER_BYTES = 8;
    private static final int OVERHEAD_BYTES = Ipv6View.HEADER_BYTES + HEADER_BYTES;
    private static final int DESTINATION_UNREACHABLE = 1 << 8;
    private static final int PACKET_TOO_BIG = 2 << 8;
    private static final int FIRST_INFORMATIONAL = 128;
    private static final int REDIRECT = 137;
    private static final int SOURCE = 8;

    private Icmpv6Error() {}

    /** Why a packet was refused: the codes of "destination unreachable" (RFC 4443 section 3.1). */
    public enum Unreachable {
        NO_ROUTE(0),
        ADMINISTRATIVELY_PROHIBITED(1),
        ADDRESS(3);

        private final int code;

        Unreachable(int code) {
            this.code = code;
        }
    }

    /**
     * Writes "destination unreachable" about the packet.
     *
     * @param source the 16 octets that the error comes from
     * @param target room for {@link #MAX_BYTES} octets from {@code targetOffset}
     * @return octets of the whole IPv6 packet, or 0 where no error may be sent
     */
    public static int unreachable(
            Unreachable reason, byte[] packet, int offset, int length, byte[] source, byte[] target, int targetOffset) {
        boolean allowed = mayAnswer(packet, offset, length)
                && !isGroup(Ipv6View.destinationHigh(packet, offset))
                && Ipv6View.upperLayer(packet, offset) != Ipv6View.NO_UPPER_LAYER;
        return allowed
                ? write(DESTINATION_UNREACHABLE | reason.code, 0, packet, offset, source, target, targetOffset)
                : 0;
    }

    /**
     * Writes "packet too big" with the MTU of the tunnel. It is sent about later fragments and about group destinations
     * too, because their senders have no other way to learn the MTU (RFC 4443 sections 2.4(e) and 3.2).
     *
     * @param mtuBytes the largest packet that fits
     * @param source the 16 octets that the error comes from
     * @param target room for {@link #MAX_BYTES} octets from {@code targetOffset}
     * @return octets of the whole IPv6 packet, or 0 where no error may be sent
     */
    public static int packetTooBig(
            int mtuBytes, byte[] packet, int offset, int length, byte[] source, byte[] target, int targetOffset) {
        return mayAnswer(packet, offset, length)
                ? write(PACKET_TOO_BIG, mtuBytes, packet, offset, source, target, targetOffset)
                : 0;
    }

    /** RFC 4443 section 2.4(e), but for the destination: not about errors, redirects, groups or nobody as source. */
    private static boolean mayAnswer(byte[] packet, int offset, int length) {
        if (Ipv6View.check(packet, offset, length) != HeaderVerdict.OK) {
            return false;
        }
        long high = Ipv6View.sourceHigh(packet, offset);
        long low = Ipv6View.sourceLow(packet, offset);
        boolean unspecifiedOrLoopback = high == 0 && (low == 0 || low == 1);
        return !unspecifiedOrLoopback && !isGroup(high) && !isIcmpError(packet, offset);
    }

    private static boolean isGroup(long addressHigh) {
        return addressHigh >>> 56 == 0xff;
    }

    private static boolean isIcmpError(byte[] packet, int offset) {
        int upperLayer = Ipv6View.upperLayer(packet, offset);
        if (upperLayer == Ipv6View.NO_UPPER_LAYER
                || Ipv6View.upperLayerProtocol(upperLayer) != IpPacket.PROTOCOL_ICMPV6) {
            return false;
        }
        int place = Ipv6View.upperLayerOffset(upperLayer);
        if (place >= Ipv6View.totalBytes(packet, offset)) {
            return true;
        }
        int type = NetworkOrder.octet(packet, offset + place);
        return type < FIRST_INFORMATIONAL || type == REDIRECT;
    }

    private static int write(
            int typeAndCode, int mtuBytes, byte[] packet, int offset, byte[] source, byte[] target, int targetOffset) {
        int quoted = Math.min(Ipv6View.totalBytes(packet, offset), MAX_BYTES - OVERHEAD_BYTES);
        int icmpBytes = HEADER_BYTES + quoted;
        int icmp = targetOffset + Ipv6View.HEADER_BYTES;
        System.arraycopy(packet, offset, target, icmp + HEADER_BYTES, quoted);
        Ipv6View.write(target, targetOffset, icmpBytes, IpPacket.PROTOCOL_ICMPV6, source, packet, offset + SOURCE);
        NetworkOrder.putWord(target, icmp, typeAndCode);
        NetworkOrder.putWord(target, icmp + 2, 0);
        NetworkOrder.putQuad(target, icmp + 4, mtuBytes);
        long pseudoHeader = InternetChecksum.pseudoHeaderV6(target, targetOffset, IpPacket.PROTOCOL_ICMPV6, icmpBytes);
        NetworkOrder.putWord(target, icmp + 2, InternetChecksum.compute(target, icmp, icmpBytes, pseudoHeader));
        return Ipv6View.HEADER_BYTES + icmpBytes;
    }
}
