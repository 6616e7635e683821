package io.twinspan.daemon.diagnosis;

import io.twinspan.crypto.packet.InternetChecksum;
import java.nio.ByteBuffer;

/** Builds the packet of a {@link TraceQuery}: right in every field that anybody on its way looks at. Pure. */
public final class TracePacket {
    private static final int IPV4_VERSION_AND_LENGTH = 0x45;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int TTL = 64;
    private static final int TCP_HEADER_WORDS = 0x50;
    private static final int TCP_ACK = 0x10;
    private static final int ECHO_V4 = 8;
    private static final int ECHO_V6 = 128;
    private static final int IPV4_CHECKSUM = 10;
    private static final int IPV4_HEADER = 20;

    private TracePacket() {}

    /** The packet, without checksums above IP: nobody before its receiver reads them. */
    public static byte[] of(TraceQuery query) {
        byte[] octets = new byte[query.octets()];
        ByteBuffer packet = ByteBuffer.wrap(octets);
        int protocol = query.protocol().number(query.isIpv6());
        if (query.isIpv6()) {
            packet.putInt(0x6000_0000)
                    .putShort((short) (octets.length - 40))
                    .put((byte) protocol)
                    .put((byte) TTL);
            packet.put(query.source().getAddress()).put(query.destination().getAddress());
        } else {
            packet.put((byte) IPV4_VERSION_AND_LENGTH)
                    .put((byte) 0)
                    .putShort((short) octets.length)
                    .putShort((short) 1)
                    .putShort((short) (query.dontFragment() ? DONT_FRAGMENT : 0))
                    .put((byte) TTL)
                    .put((byte) protocol)
                    .putShort((short) 0);
            packet.put(query.source().getAddress()).put(query.destination().getAddress());
            packet.putShort(IPV4_CHECKSUM, (short) InternetChecksum.compute(octets, 0, IPV4_HEADER, 0));
        }
        transport(query, packet);
        return octets;
    }

    private static void transport(TraceQuery query, ByteBuffer packet) {
        switch (query.protocol()) {
            case TCP -> {
                packet.putShort((short) query.sourcePort()).putShort((short) query.destinationPort());
                packet.putInt(1).putInt(1).put((byte) TCP_HEADER_WORDS).put((byte) TCP_ACK);
            }
            case UDP ->
                packet.putShort((short) query.sourcePort())
                        .putShort((short) query.destinationPort())
                        .putShort((short) (query.octets() - TraceQuery.headerOctets(query.source())));
            case ICMP -> packet.put((byte) (query.isIpv6() ? ECHO_V6 : ECHO_V4));
        }
    }
}
