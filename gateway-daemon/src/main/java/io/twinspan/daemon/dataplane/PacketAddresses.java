package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;

/** Source and destination of one packet, in fields that are reused for the next. Owned by one loop. */
final class PacketAddresses {
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;

    /** Reads a packet whose header was checked. */
    void read(byte[] packet, int offset, int length) {
        if (IpPacket.version(packet, offset, length) == 4) {
            sourceHigh = 0;
            sourceLow = IpAddressKey.ofIpv4(Ipv4View.source(packet, offset));
            destinationHigh = 0;
            destinationLow = IpAddressKey.ofIpv4(Ipv4View.destination(packet, offset));
        } else {
            sourceHigh = Ipv6View.sourceHigh(packet, offset);
            sourceLow = Ipv6View.sourceLow(packet, offset);
            destinationHigh = Ipv6View.destinationHigh(packet, offset);
            destinationLow = Ipv6View.destinationLow(packet, offset);
        }
    }

    boolean sourceIs(IpAddressKey key) {
        return key.matches(sourceHigh, sourceLow);
    }

    boolean sourceIn(PrefixSet prefixes) {
        return prefixes.contains(sourceHigh, sourceLow);
    }

    boolean destinationIs(IpAddressKey key) {
        return key.matches(destinationHigh, destinationLow);
    }

    boolean destinationIn(PrefixSet prefixes) {
        return prefixes.contains(destinationHigh, destinationLow);
    }
}
