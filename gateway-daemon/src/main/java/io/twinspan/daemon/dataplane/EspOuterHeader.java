package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;
import io.twinspan.crypto.packet.UdpView;
import io.twinspan.daemon.buffer.PacketSlot;

/** What stands in front of an ESP packet outside: an IP header without options, and UDP where there is some. */
final class EspOuterHeader {
    private static final long IPV4_MAPPED = 0xffffL;

    private EspOuterHeader() {}

    /** Octets in front of what is sent on a path. */
    static int octets(EspPath path) {
        return octets(path.local().address().getAddress().length == 4, path.udpEncapsulated());
    }

    /** Octets that were in front of a packet. */
    static int octets(PacketSlot received) {
        boolean ipv4 = received.remoteHigh() == 0 && received.remoteLow() >>> 32 == IPV4_MAPPED;
        return octets(ipv4, received.udpEncapsulated());
    }

    private static int octets(boolean ipv4, boolean udp) {
        return (ipv4 ? Ipv4View.MIN_HEADER_BYTES : Ipv6View.HEADER_BYTES) + (udp ? UdpView.HEADER_BYTES : 0);
    }
}
