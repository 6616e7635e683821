package io.twinspan.daemon.queue;

import io.twinspan.crypto.packet.HeaderVerdict;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;

/** The ECN field of an IP packet (RFC 3168 section 5). */
final class CongestionMark {
    private static final int ECN_MASK = 3;
    private static final int NOT_ECT = 0;
    private static final int CE = 3;

    private CongestionMark() {}

    /** Sets CE where the sender understands it; false where not, and then nothing is changed. */
    static boolean set(byte[] octets, int offset, int length) {
        if (IpPacket.check(octets, offset, length) != HeaderVerdict.OK) {
            return false;
        }
        boolean ipv4 = IpPacket.version(octets, offset, length) == 4;
        int old = ipv4 ? Ipv4View.typeOfService(octets, offset) : Ipv6View.trafficClass(octets, offset);
        if ((old & ECN_MASK) == NOT_ECT) {
            return false;
        }
        if (ipv4) {
            Ipv4View.setTypeOfService(octets, offset, old | CE);
        } else {
            Ipv6View.setTrafficClass(octets, offset, old | CE);
        }
        return true;
    }
}
