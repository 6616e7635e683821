package io.twinspan.daemon.http;

import io.twinspan.daemon.control.MtuMeasurement;

/** The parts of a tunnel's overhead, in octets, in the order in which a packet has them. */
record MtuArithmetic(int outerIp, int udp, int espHeader, int iv, int icv, int alignment, int trailer) {
    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int UDP = 8;
    private static final int ESP_HEADER = 8;
    private static final int TRAILER = 2;

    static MtuArithmetic of(MtuMeasurement tunnel) {
        return new MtuArithmetic(
                tunnel.outerIpv6() ? IPV6 : IPV4,
                tunnel.udpEncapsulated() ? UDP : 0,
                ESP_HEADER,
                tunnel.suite().encryption().ivBytes(),
                tunnel.suite().icvBytes(),
                tunnel.suite().encryption().alignmentBytes(),
                TRAILER);
    }

    /** What is left of an uplink's MTU for inner packet, padding and trailer. */
    int room(int uplinkBytes) {
        return uplinkBytes - outerIp - udp - espHeader - iv - icv;
    }
}
