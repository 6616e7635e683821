package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.net.IpPrefix;
import java.util.List;

/** Prefixes of both families in arrays, searched one by one: a connection has a handful. Immutable. */
final class PrefixSet {
    private static final int IPV4_PREFIX_BITS = 96;

    private final long[] high;
    private final long[] low;
    private final long[] highMask;
    private final long[] lowMask;

    PrefixSet(List<IpPrefix> prefixes) {
        int count = prefixes.size();
        high = new long[count];
        low = new long[count];
        highMask = new long[count];
        lowMask = new long[count];
        for (int i = 0; i < count; i++) {
            IpPrefix prefix = prefixes.get(i);
            boolean ipv4 = prefix.address().getAddress().length == 4;
            int bits = ipv4 ? IPV4_PREFIX_BITS + prefix.length() : prefix.length();
            IpAddressKey key = IpAddressKey.of(prefix.address());
            high[i] = key.high();
            low[i] = key.low();
            highMask[i] = mask(Math.min(bits, Long.SIZE));
            lowMask[i] = mask(Math.max(0, bits - Long.SIZE));
        }
    }

    /** True where some prefix holds the address. */
    boolean contains(long addressHigh, long addressLow) {
        boolean ipv4 = IpAddressKey.isIpv4(addressHigh, addressLow);
        for (int i = 0; i < high.length; i++) {
            // ::/0 must not swallow IPv4: the families are compared by the mapped prefix.
            if ((addressHigh & highMask[i]) == high[i]
                    && (addressLow & lowMask[i]) == low[i]
                    && ipv4 == IpAddressKey.isIpv4(high[i], low[i])) {
                return true;
            }
        }
        return false;
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
    }
}
