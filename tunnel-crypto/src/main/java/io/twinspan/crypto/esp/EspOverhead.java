package io.twinspan.crypto.esp;

import io.twinspan.crypto.suite.EspSuite;

/**
 * How large an inner packet may be so that its ESP packet fits the uplink unfragmented.
 *
 * @param outerBytes outer IP header, UDP header where there is one, ESP header, IV and ICV
 * @param alignmentBytes what inner packet, padding and trailer together are a multiple of
 */
public record EspOverhead(int outerBytes, int alignmentBytes) {
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int TCP_HEADER_BYTES = 20;
    private static final int UDP_HEADER_BYTES = 8;

    /** The overhead of a suite on a kind of path. */
    public static EspOverhead of(EspSuite suite, boolean udpEncapsulated, boolean outerIpv6) {
        int outerIp = outerIpv6 ? IPV6_HEADER_BYTES : IPV4_HEADER_BYTES;
        int udp = udpEncapsulated ? UDP_HEADER_BYTES : 0;
        int esp = EspLayout.HEADER_BYTES + suite.encryption().ivBytes() + suite.icvBytes();
        return new EspOverhead(outerIp + udp + esp, suite.encryption().alignmentBytes());
    }

    /** The largest inner packet, in octets, for an uplink MTU; 0 where none fits. */
    public int innerMtuBytes(int uplinkMtuBytes) {
        int room = Math.max(0, uplinkMtuBytes - outerBytes);
        return Math.max(0, room / alignmentBytes * alignmentBytes - EspLayout.TRAILER_BYTES);
    }

    /** The outer IP packet, in octets, that carries an inner packet of this length. */
    public int outerLengthBytes(int innerLengthBytes) {
        int text = innerLengthBytes + EspLayout.TRAILER_BYTES;
        return outerBytes + (text + alignmentBytes - 1) / alignmentBytes * alignmentBytes;
    }

    /** The largest TCP segment over inner IPv4 without options for an inner MTU; 0 where none fits. */
    public static int mssIpv4Bytes(int innerMtuBytes) {
        return Math.max(0, innerMtuBytes - IPV4_HEADER_BYTES - TCP_HEADER_BYTES);
    }

    /** The largest TCP segment over inner IPv6 without extensions for an inner MTU; 0 where none fits. */
    public static int mssIpv6Bytes(int innerMtuBytes) {
        return Math.max(0, innerMtuBytes - IPV6_HEADER_BYTES - TCP_HEADER_BYTES);
    }
}
