package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.packet.InternetChecksum;
import java.nio.ByteBuffer;

/** Inner packets for tests. */
final class TestPackets {
    private static final int UDP = 17;
    private static final int TCP = 6;

    private TestPackets() {}

    /** A UDP packet of this total length. */
    static byte[] udp(String source, String destination, int length, boolean dontFragment) {
        byte[] packet = new byte[length];
        header(packet, source, destination, UDP, dontFragment);
        return packet;
    }

    /** A SYN that announces a maximum segment size. */
    static byte[] syn(String source, String destination, int mss) {
        return synWithData(source, destination, mss, 0);
    }

    /** The same with so many octets of data. */
    static byte[] synWithData(String source, String destination, int mss, int dataOctets) {
        byte[] packet = new byte[44 + dataOctets];
        header(packet, source, destination, TCP, true);
        ByteBuffer tcp = ByteBuffer.wrap(packet);
        tcp.put(20 + 12, (byte) 0x60).put(20 + 13, (byte) 0x02);
        tcp.put(40, (byte) 2).put(41, (byte) 4).putShort(42, (short) mss);
        return packet;
    }

    /** An IPv6 packet without upper layer content, of this total length. */
    static byte[] ipv6(String source, String destination, int length) {
        ByteBuffer packet = ByteBuffer.allocate(length);
        packet.putInt(0x6000_0000)
                .putShort((short) (length - 40))
                .put((byte) UDP)
                .put((byte) 64);
        packet.put(IpPrefix.parseAddress(source).getAddress());
        packet.put(IpPrefix.parseAddress(destination).getAddress());
        return packet.array();
    }

    private static void header(byte[] packet, String source, String destination, int protocol, boolean dontFragment) {
        ByteBuffer header = ByteBuffer.wrap(packet);
        header.putShort((short) 0x4500).putShort((short) packet.length).putShort((short) 7);
        header.putShort((short) (dontFragment ? 0x4000 : 0)).put((byte) 64).put((byte) protocol);
        header.putShort((short) 0);
        header.put(IpPrefix.parseAddress(source).getAddress());
        header.put(IpPrefix.parseAddress(destination).getAddress());
        header.putShort(10, (short) InternetChecksum.compute(packet, 0, 20, 0));
    }
}
