package io.twinspan.daemon.dataplane;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An address as two numbers, so that packets can be compared with it without an object. IPv4 is ::ffff:a.b.c.d, RFC 4291
 * section 2.5.5.2.
 */
record IpAddressKey(long high, long low) {
    private static final long MAPPED = 0xffff_0000_0000L;

    static IpAddressKey of(InetAddress address) {
        ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
        return octets.remaining() == 4
                ? new IpAddressKey(0, ofIpv4(octets.getInt()))
                : new IpAddressKey(octets.getLong(), octets.getLong());
    }

    /** The low half for an IPv4 address; its high half is 0. */
    static long ofIpv4(int address) {
        return MAPPED | Integer.toUnsignedLong(address);
    }

    static boolean isIpv4(long high, long low) {
        return high == 0 && (low & ~0xffff_ffffL) == MAPPED;
    }

    static InetAddress toAddress(long high, long low) {
        byte[] octets = isIpv4(high, low)
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** True for an IPv4 address. */
    boolean isIpv4() {
        return isIpv4(high, low);
    }

    /** True for 0.0.0.0 and ::, which name nobody. */
    boolean isUnspecified() {
        return high == 0 && (low == 0 || low == MAPPED);
    }

    boolean matches(long otherHigh, long otherLow) {
        return low == otherLow && high == otherHigh;
    }
}
