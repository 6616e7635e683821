package io.twinspan.daemon.http;

import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.daemon.control.MtuMeasurement;

/** The parts of a tunnel's overhead, in octets, in the order in which a packet has them. */
record MtuArithmetic(int outerIp, int udp, int espHeader, int iv, int icv, int alignment, int trailer) {
    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int UDP = 8;
    private static final int ESP_HEADER = 8;
    private static final int TRAILER = 2;

    static MtuArithmetic of(MtuMeasurement tunnel) {
        return of(tunnel.suite(), tunnel.udpEncapsulated(), tunnel.outerIpv6());
    }

    static MtuArithmetic of(EspSuite suite, boolean udpEncapsulated, boolean outerIpv6) {
        return new MtuArithmetic(
                outerIpv6 ? IPV6 : IPV4,
                udpEncapsulated ? UDP : 0,
                ESP_HEADER,
                suite.encryption().ivBytes(),
                suite.icvBytes(),
                suite.encryption().alignmentBytes(),
                TRAILER);
    }

    /** {@code overhead} of a JSON document. */
    void write(JsonWriter json) {
        json.name("overhead")
                .beginObject()
                .member("outerIp", outerIp)
                .member("udp", udp)
                .member("espHeader", espHeader)
                .member("iv", iv)
                .member("icv", icv)
                .member("alignment", alignment)
                .member("trailer", trailer)
                .endObject();
    }

    /** What is left of an uplink's MTU for inner packet, padding and trailer. */
    int room(int uplinkBytes) {
        return uplinkBytes - outerIp - udp - espHeader - iv - icv;
    }
}
