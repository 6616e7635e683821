package io.twinspan.daemon.sys;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;

/** A socket address in the kernel's form, made once for each peer and copied into messages, ip(7) and ipv6(7). */
public final class SockAddr {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int MAX_OCTETS = 28;

    private static final int IPV4_OCTETS = 16;
    private static final int IPV6_OCTETS = 28;
    private static final ValueLayout.OfShort BIG_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt BIG_INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong BIG_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN);

    private final byte[] octets;

    private SockAddr(byte[] octets) {
        this.octets = octets;
    }

    /** An address with a port; port 0 for raw sockets. */
    public static SockAddr of(InetAddress address, int port) {
        byte[] ip = address.getAddress();
        byte[] result = new byte[ip.length == 4 ? IPV4_OCTETS : IPV6_OCTETS];
        result[0] = (byte) (ip.length == 4 ? AF_INET : AF_INET6);
        result[2] = (byte) (port >> 8);
        result[3] = (byte) port;
        System.arraycopy(ip, 0, result, ip.length == 4 ? 4 : 8, ip.length);
        return new SockAddr(result);
    }

    /** AF_INET or AF_INET6. */
    public boolean isIpv4() {
        return octets[0] == AF_INET;
    }

    int octetCount() {
        return octets.length;
    }

    void copyTo(MemorySegment target, long at) {
        MemorySegment.copy(octets, 0, target, ValueLayout.JAVA_BYTE, at, octets.length);
    }

    /** True where these are the first octets of that memory: the same family, port and address. */
    boolean isAt(MemorySegment name, boolean comparePort) {
        for (int i = 0; i < octets.length; i++) {
            boolean port = i == 2 || i == 3;
            if ((comparePort || !port) && name.get(ValueLayout.JAVA_BYTE, i) != octets[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpv4(MemorySegment names, long at) {
        return names.get(ValueLayout.JAVA_SHORT, at) == AF_INET;
    }

    /** Port of the address at a place. */
    static int port(MemorySegment names, long at) {
        return Short.toUnsignedInt(names.get(BIG_SHORT, at + 2));
    }

    /** High half of the address; an IPv4 address reads as ::ffff:a.b.c.d. */
    static long high(MemorySegment names, long at) {
        return isIpv4(names, at) ? 0 : names.get(BIG_LONG, at + 8);
    }

    /** Low half of the address. */
    static long low(MemorySegment names, long at) {
        return isIpv4(names, at)
                ? 0xffff_0000_0000L | Integer.toUnsignedLong(names.get(BIG_INT, at + 4))
                : names.get(BIG_LONG, at + 16);
    }
}
