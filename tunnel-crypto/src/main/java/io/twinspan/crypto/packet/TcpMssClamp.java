package io.twinspan.crypto.packet;

/**
 * Lowers the maximum segment size that TCP ends announce to each other, so that their segments fit the tunnel
 * (RFC 9293 section 3.7.1, RFC 6691). A SYN without the option is left alone: its sender takes 536 or 1220 then.
 */
public final class TcpMssClamp {
    private static final int OPTION_END = 0;
    private static final int OPTION_PADDING = 1;
    private static final int OPTION_MSS = 2;
    private static final int OPTION_MSS_BYTES = 4;

    private TcpMssClamp() {}

    /**
     * Clamps an IP packet in place. Never raises a value, never changes anything but a SYN's or SYN-ACK's MSS option and
     * the TCP checksum, and takes any octets.
     *
     * @param mssV4 the largest segment for IPv4, in octets (tunnel MTU - 40)
     * @param mssV6 the largest segment for IPv6, in octets (tunnel MTU - 60)
     * @return true where the packet was changed
     */
    public static boolean clamp(byte[] packet, int offset, int length, int mssV4, int mssV6) {
        return switch (IpPacket.version(packet, offset, length)) {
            case 4 -> clampV4(packet, offset, length, mssV4);
            case 6 -> clampV6(packet, offset, length, mssV6);
            default -> false;
        };
    }

    private static boolean clampV4(byte[] packet, int offset, int length, int mss) {
        if (Ipv4View.check(packet, offset, length) != HeaderVerdict.OK
                || Ipv4View.protocol(packet, offset) != IpPacket.PROTOCOL_TCP
                || Ipv4View.fragmentOffsetBytes(packet, offset) != 0) {
            return false;
        }
        int end = offset + Ipv4View.totalBytes(packet, offset);
        return clampTcp(packet, offset + Ipv4View.headerBytes(packet, offset), end, mss);
    }

    private static boolean clampV6(byte[] packet, int offset, int length, int mss) {
        if (Ipv6View.check(packet, offset, length) != HeaderVerdict.OK) {
            return false;
        }
        int upperLayer = Ipv6View.upperLayer(packet, offset);
        if (upperLayer == Ipv6View.NO_UPPER_LAYER || Ipv6View.upperLayerProtocol(upperLayer) != IpPacket.PROTOCOL_TCP) {
            return false;
        }
        int end = offset + Ipv6View.totalBytes(packet, offset);
        return clampTcp(packet, offset + Ipv6View.upperLayerOffset(upperLayer), end, mss);
    }

    private static boolean clampTcp(byte[] packet, int tcp, int end, int mss) {
        if (end - tcp < TcpView.MIN_HEADER_BYTES || !TcpView.isSyn(packet, tcp)) {
            return false;
        }
        int optionsEnd = Math.min(tcp + TcpView.headerBytes(packet, tcp), end);
        int option = tcp + TcpView.MIN_HEADER_BYTES;
        boolean lowered = false;
        while (option < optionsEnd) {
            int kind = NetworkOrder.octet(packet, option);
            if (kind == OPTION_PADDING) {
                option++;
                continue;
            }
            // RFC 9293 section 3.1: every other option but the end has a length octet, which counts kind and length.
            if (kind == OPTION_END || optionsEnd - option < 2) {
                break;
            }
            int size = NetworkOrder.octet(packet, option + 1);
            if (size < 2 || size > optionsEnd - option) {
                break;
            }
            // Where it stands twice, receivers differ in which one they take.
            if (kind == OPTION_MSS && size == OPTION_MSS_BYTES) {
                lowered |= lower(packet, tcp, option + 2, mss);
            }
            option += size;
        }
        return lowered;
    }

    private static boolean lower(byte[] packet, int tcp, int field, int mss) {
        int announced = NetworkOrder.word(packet, field);
        if (announced <= mss) {
            return false;
        }
        int old = TcpView.checksum(packet, tcp);
        int mended = (field - tcp) % 2 == 0
                ? InternetChecksum.update(old, announced, mss)
                : InternetChecksum.updateAtOddPlace(old, announced, mss);
        NetworkOrder.putWord(packet, field, mss);
        TcpView.setChecksum(packet, tcp, mended);
        return true;
    }
}
