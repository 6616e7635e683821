package io.twinspan.crypto.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * One traffic selector (RFC 7296 section 3.13.1): an address range, a port range and a protocol.
 *
 * @param protocol IP protocol number, 0 for any
 * @param startPort first port, 0..65535
 * @param endPort last port, 0..65535
 * @param first lowest address
 * @param last highest address, of the same family
 */
public record TrafficSelector(int protocol, int startPort, int endPort, InetAddress first, InetAddress last) {
    public TrafficSelector {
        if (first.getAddress().length != last.getAddress().length
                || Arrays.compareUnsigned(first.getAddress(), last.getAddress()) > 0) {
            throw new IllegalArgumentException("selector range " + first + " to " + last + " is not a range");
        }
    }

    /** Every protocol and port of a prefix. */
    public static TrafficSelector ofPrefix(IpPrefix prefix) {
        byte[] last = prefix.address().getAddress();
        for (int bit = prefix.length(); bit < last.length * 8; bit++) {
            last[bit >> 3] |= (byte) (0x80 >> (bit & 7));
        }
        try {
            return new TrafficSelector(0, 0, 65_535, prefix.address(), InetAddress.getByAddress(last));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** True where the selectors are of one family. */
    public boolean sameFamily(TrafficSelector other) {
        return first.getAddress().length == other.first.getAddress().length;
    }

    /** True where this selector allows all that the other one allows. */
    public boolean covers(TrafficSelector other) {
        return sameFamily(other)
                && Arrays.compareUnsigned(first.getAddress(), other.first.getAddress()) <= 0
                && Arrays.compareUnsigned(last.getAddress(), other.last.getAddress()) >= 0
                && (protocol == 0 || protocol == other.protocol)
                && startPort <= other.startPort
                && endPort >= other.endPort;
    }

    /** True where the address lies in the range. */
    public boolean containsAddress(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == first.getAddress().length
                && Arrays.compareUnsigned(first.getAddress(), octets) <= 0
                && Arrays.compareUnsigned(octets, last.getAddress()) <= 0;
    }

    @Override
    public String toString() {
        String range = first.getHostAddress() + "-" + last.getHostAddress();
        String ports = startPort == 0 && endPort == 65_535 ? "" : ":" + startPort + "-" + endPort;
        return protocol == 0 ? range + ports : range + ports + "/proto " + protocol;
    }
}
