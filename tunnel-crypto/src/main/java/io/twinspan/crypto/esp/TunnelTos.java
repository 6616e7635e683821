package io.twinspan.crypto.esp;

import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;

/**
 * The octet of DSCP and ECN across the tunnel: IPv4 TOS, IPv6 Traffic Class.
 *
 * <p>RFC 6040, normal mode: the outer header gets the inner ECN field, and congestion marked on the way reaches the inner
 * header again. The inner DSCP is never changed by what happened to the outer one (RFC 4301 section 5.1.2).
 */
final class TunnelTos {
    /** The inner packet must be dropped: it cannot carry the congestion that the outer header reports. */
    static final int ILLEGAL = -1;

    private static final int ECN_MASK = 3;
    private static final int NOT_ECT = 0;
    private static final int ECT_1 = 1;
    private static final int ECT_0 = 2;
    private static final int CE = 3;

    private TunnelTos() {}

    /** TOS or Traffic Class of an IP packet. */
    static int read(byte[] packet, int offset, boolean ipv6) {
        return ipv6 ? Ipv6View.trafficClass(packet, offset) : Ipv4View.typeOfService(packet, offset);
    }

    /** The outer octet for an inner one (RFC 6040 section 4.1). */
    static int outer(int inner, boolean copyDscp) {
        return copyDscp ? inner : inner & ECN_MASK;
    }

    /**
     * The inner ECN field after decapsulation (RFC 6040 section 4.2, figure 4).
     *
     * @return 0..3, or {@link #ILLEGAL}
     */
    static int decapsulatedEcn(int innerEcn, int outerEcn) {
        if (innerEcn == NOT_ECT) {
            return outerEcn == CE ? ILLEGAL : NOT_ECT;
        }
        if (outerEcn == CE) {
            return CE;
        }
        return innerEcn == ECT_0 && outerEcn == ECT_1 ? ECT_1 : innerEcn;
    }

    /** Brings the outer ECN field into the inner header. False where the packet must be dropped; it is then unchanged. */
    static boolean decapsulate(byte[] packet, int offset, boolean ipv6, int outerTos) {
        int innerTos = read(packet, offset, ipv6);
        int ecn = decapsulatedEcn(innerTos & ECN_MASK, outerTos & ECN_MASK);
        if (ecn == ILLEGAL) {
            return false;
        }
        if (ecn != (innerTos & ECN_MASK)) {
            write(packet, offset, ipv6, (innerTos & ~ECN_MASK) | ecn);
        }
        return true;
    }

    private static void write(byte[] packet, int offset, boolean ipv6, int tos) {
        if (ipv6) {
            Ipv6View.setTrafficClass(packet, offset, tos);
        } else {
            Ipv4View.setTypeOfService(packet, offset, tos);
        }
    }
}
