package io.twinspan.crypto.esp;

import io.twinspan.crypto.net.TrafficSelector;
import java.util.List;

/** One side's traffic selectors (RFC 7296 section 3.13), ready to be compared with packets without allocation. */
final class SelectorSet {
    private static final int ANY_PROTOCOL = 0;
    private static final int LAST_PORT = 65_535;
    private static final long LAST_IPV4 = 0xffff_ffffL;

    private final Range[] ranges;
    private final boolean narrow;
    private final boolean everyIpv4;
    private final boolean everyIpv6;

    SelectorSet(List<TrafficSelector> selectors) {
        ranges = new Range[selectors.size()];
        boolean anyNarrow = false;
        boolean wholeIpv4 = false;
        boolean wholeIpv6 = false;
        for (int i = 0; i < ranges.length; i++) {
            ranges[i] = Range.of(selectors.get(i));
            anyNarrow |= ranges[i].isNarrow();
            wholeIpv4 |= ranges[i].isWholeFamily(false);
            wholeIpv6 |= ranges[i].isWholeFamily(true);
        }
        narrow = anyNarrow;
        everyIpv4 = wholeIpv4;
        everyIpv6 = wholeIpv6;
    }

    /** True where protocol or ports matter. */
    boolean isNarrow() {
        return narrow;
    }

    /** True where some selector has all of this; {@code port} is -1 where the packet has none to show. */
    boolean allows(boolean ipv6, long addressHigh, long addressLow, int protocol, int port) {
        // What AWS agrees to; then every packet is spared the comparison.
        if (ipv6 ? everyIpv6 : everyIpv4) {
            return true;
        }
        for (Range range : ranges) {
            if (range.hasAddress(ipv6, addressHigh, addressLow)
                    && (range.protocol == ANY_PROTOCOL || range.protocol == protocol)
                    && range.hasPort(port)) {
                return true;
            }
        }
        return false;
    }

    private record Range(
            boolean ipv6,
            long firstHigh,
            long firstLow,
            long lastHigh,
            long lastLow,
            int protocol,
            int startPort,
            int endPort) {
        static Range of(TrafficSelector selector) {
            byte[] first = selector.first().getAddress();
            byte[] last = selector.last().getAddress();
            boolean ipv6 = first.length == 16;
            return new Range(
                    ipv6,
                    ipv6 ? EspLayout.getLong(first, 0) : 0,
                    ipv6 ? EspLayout.getLong(first, 8) : EspLayout.getInt(first, 0) & 0xffff_ffffL,
                    ipv6 ? EspLayout.getLong(last, 0) : 0,
                    ipv6 ? EspLayout.getLong(last, 8) : EspLayout.getInt(last, 0) & 0xffff_ffffL,
                    selector.protocol(),
                    selector.startPort(),
                    selector.endPort());
        }

        boolean isNarrow() {
            return protocol != ANY_PROTOCOL || !allPorts();
        }

        /** True for everything that one family has. */
        boolean isWholeFamily(boolean wantedIpv6) {
            long first = firstHigh | firstLow;
            boolean whole = ipv6 ? (lastHigh & lastLow) == -1L : lastLow == LAST_IPV4;
            return ipv6 == wantedIpv6 && first == 0 && whole && !isNarrow();
        }

        boolean hasAddress(boolean packetIpv6, long high, long low) {
            return packetIpv6 == ipv6
                    && !isBelow(high, low, firstHigh, firstLow)
                    && !isBelow(lastHigh, lastLow, high, low);
        }

        /** RFC 4301 section 4.4.1.1: a port that cannot be seen matches only ANY and OPAQUE (start 65535, end 0). */
        boolean hasPort(int port) {
            return port < 0 ? allPorts() || startPort > endPort : port >= startPort && port <= endPort;
        }

        boolean allPorts() {
            return startPort == 0 && endPort == LAST_PORT;
        }

        private static boolean isBelow(long high, long low, long otherHigh, long otherLow) {
            int order = Long.compareUnsigned(high, otherHigh);
            return order < 0 || (order == 0 && Long.compareUnsigned(low, otherLow) < 0);
        }
    }
}
