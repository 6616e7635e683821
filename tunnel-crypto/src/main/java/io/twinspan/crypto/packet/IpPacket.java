package io.twinspan.crypto.packet;

/** What IPv4 and IPv6 packets have in common: the version, and protocol numbers. */
public final class IpPacket {
    public static final int PROTOCOL_ICMP = 1;
    public static final int PROTOCOL_IPV4 = 4;
    public static final int PROTOCOL_TCP = 6;
    public static final int PROTOCOL_UDP = 17;
    public static final int PROTOCOL_IPV6 = 41;
    public static final int PROTOCOL_ICMPV6 = 58;

    private IpPacket() {}

    /** The version nibble, 0..15, or 0 where there is not one octet. */
    public static int version(byte[] packet, int offset, int length) {
        return length < 1 ? 0 : NetworkOrder.octet(packet, offset) >>> 4;
    }

    /** Checks the header of either version. */
    public static HeaderVerdict check(byte[] packet, int offset, int length) {
        return switch (version(packet, offset, length)) {
            case 4 -> Ipv4View.check(packet, offset, length);
            case 6 -> Ipv6View.check(packet, offset, length);
            default -> length < 1 ? HeaderVerdict.TRUNCATED_HEADER : HeaderVerdict.WRONG_VERSION;
        };
    }

    /** True for a fragment of a larger packet, the first of them included; only after {@link #check}. */
    public static boolean isFragment(byte[] packet, int offset) {
        return NetworkOrder.octet(packet, offset) >>> 4 == 4
                ? Ipv4View.isFragment(packet, offset)
                : Ipv6View.hasFragmentHeader(packet, offset);
    }

    /** Octets of the whole packet as its header says; only after {@link #check}. */
    public static int totalBytes(byte[] packet, int offset) {
        return NetworkOrder.octet(packet, offset) >>> 4 == 4
                ? Ipv4View.totalBytes(packet, offset)
                : Ipv6View.totalBytes(packet, offset);
    }
}
