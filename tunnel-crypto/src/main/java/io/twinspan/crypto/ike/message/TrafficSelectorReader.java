package io.twinspan.crypto.ike.message;

import io.twinspan.crypto.net.TrafficSelector;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads TSi and TSr (RFC 7296 section 3.13). */
final class TrafficSelectorReader {
    static final int TS_IPV4_ADDR_RANGE = 7;
    static final int TS_IPV6_ADDR_RANGE = 8;

    private static final int SELECTOR_HEADER_BYTES = 4;
    private static final int PORTS_BYTES = 4;
    private static final int MAX_PORT = 65_535;

    private TrafficSelectorReader() {}

    static List<WireSelector> read(OctetReader body) throws MalformedException {
        int count = body.u8("number of selectors");
        body.slice(3, "reserved");
        // RFC 7296 section 3.13: one or more. The count octet itself is the upper bound.
        if (count == 0) {
            throw body.malformed("no traffic selector");
        }
        List<WireSelector> selectors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int type = body.u8("selector type");
            int protocol = body.u8("selector protocol");
            int length = body.u16("selector length");
            OctetReader in = body.slice(length - SELECTOR_HEADER_BYTES, "selector");
            selectors.add(
                    switch (type) {
                        case TS_IPV4_ADDR_RANGE -> readRange(in, protocol, 4);
                        case TS_IPV6_ADDR_RANGE -> readRange(in, protocol, 16);
                        default -> new WireSelector.Opaque(type, protocol, in.rest());
                    });
        }
        body.requireEnd("the last selector");
        return selectors;
    }

    private static WireSelector readRange(OctetReader in, int protocol, int addressBytes) throws MalformedException {
        if (in.remaining() != PORTS_BYTES + 2 * addressBytes) {
            throw in.malformed("selector range of " + in.remaining() + " octets");
        }
        int startPort = in.u16("start port");
        int endPort = in.u16("end port");
        // RFC 7296 section 3.13.1: 65535 to 0 stands for OPAQUE, every other range ascends.
        if (startPort > endPort && !(startPort == MAX_PORT && endPort == 0)) {
            throw in.malformed("ports " + startPort + " to " + endPort);
        }
        byte[] first = in.array(addressBytes, "start address");
        byte[] last = in.array(addressBytes, "end address");
        if (Arrays.compareUnsigned(first, last) > 0) {
            throw in.malformed("selector range that descends");
        }
        return new WireSelector.Range(new TrafficSelector(protocol, startPort, endPort, address(first), address(last)));
    }

    /** Keeps IPv4-mapped IPv6 addresses what they are: the usual factory would make IPv4 of them. */
    private static InetAddress address(byte[] octets) {
        try {
            return octets.length == 4 ? InetAddress.getByAddress(octets) : Inet6Address.getByAddress(null, octets, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
