package io.twinspan.benchmarks.pipeline;

import java.nio.ByteBuffer;
import java.util.Random;

/** Inner packets to send: IPv4 with UDP and random octets behind. */
final class Packets {
    private static final int MIN_OCTETS = 28;
    private static final int IPV4_HEADER_OCTETS = 20;
    private static final int PROTOCOL_UDP = 17;
    private static final int DONT_FRAGMENT = 0x4000;

    private Packets() {}

    /** A packet of this many octets, at least those of its headers. */
    static byte[] udp(int octets, int source, int destination, Random random) {
        if (octets < MIN_OCTETS) {
            throw new IllegalArgumentException(octets + " octets do not hold an IPv4 and a UDP header");
        }
        ByteBuffer packet = ByteBuffer.allocate(octets);
        random.nextBytes(packet.array());
        packet.putShort((short) 0x4500).putShort((short) octets);
        packet.putShort((short) 0).putShort((short) DONT_FRAGMENT);
        packet.put((byte) 64).put((byte) PROTOCOL_UDP).putShort((short) 0);
        packet.putInt(source).putInt(destination);
        packet.putShort((short) 5001).putShort((short) 5001);
        packet.putShort((short) (octets - IPV4_HEADER_OCTETS)).putShort((short) 0);
        packet.putShort(10, (short) headerChecksum(packet));
        return packet.array();
    }

    private static int headerChecksum(ByteBuffer packet) {
        int sum = 0;
        for (int at = 0; at < IPV4_HEADER_OCTETS; at += 2) {
            sum += packet.getShort(at) & 0xffff;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
