package io.twinspan.benchmarks;

import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.packet.InternetChecksum;
import io.twinspan.crypto.packet.NetworkOrder;
import io.twinspan.crypto.packet.TcpView;
import java.nio.ByteBuffer;
import java.util.Random;

/** Inner packets to measure with: IPv4 from one host to another, random octets as payload. */
public final class Packets {
    /** Headers of IPv4 and of TCP with the options of {@link #tcp}. */
    public static final int TCP_HEADERS_OCTETS = 52;

    /** Both hosts are in 10.1.0.0/16. */
    private static final int SOURCE = 0x0a01_0001;

    private static final int DESTINATION = 0x0a01_0002;
    private static final int IPV4_OCTETS = 20;
    private static final int UDP_OCTETS = 8;
    private static final int TCP_OCTETS = TCP_HEADERS_OCTETS - IPV4_OCTETS;
    private static final int TCP_CHECKSUM = 16;
    private static final int PROTOCOL_TCP = 6;
    private static final int PROTOCOL_UDP = 17;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int TIMESTAMPS = 0x0101_080a;
    private static final int MSS_OPTION = 0x0204_0000;
    private static final long NO_OPERATIONS = 0x0101_0101_0101_0101L;
    private static final int PORT = 5001;

    private Packets() {}

    /** A UDP packet of so many octets, at least 28; its checksum is not computed. */
    public static byte[] udp(int octets, Random random) {
        if (octets < IPV4_OCTETS + UDP_OCTETS) {
            throw new IllegalArgumentException(octets + " octets do not hold an IPv4 and a UDP header");
        }
        byte[] packet = random(octets, random);
        ByteBuffer fields = ipv4(packet, 0, PROTOCOL_UDP);
        fields.putShort((short) PORT).putShort((short) PORT);
        fields.putShort((short) (octets - IPV4_OCTETS)).putShort((short) 0);
        return packet;
    }

    /** A TCP segment with timestamps and a right checksum. */
    public static byte[] tcp(int payloadOctets, int sequence, Random random) {
        byte[] packet = random(TCP_HEADERS_OCTETS + payloadOctets, random);
        tcp(packet, 0, sequence, TcpView.ACK).putInt(TIMESTAMPS).putInt(1).putInt(2);
        finishTcp(packet);
        return packet;
    }

    /** A SYN that announces a segment size. */
    public static byte[] syn(int mss, Random random) {
        byte[] packet = random(TCP_HEADERS_OCTETS, random);
        tcp(packet, 0, 1, TcpView.SYN).putInt(MSS_OPTION | mss).putLong(NO_OPERATIONS);
        finishTcp(packet);
        return packet;
    }

    /** What a TUN device with offloads delivers: a virtio header, and a TCP packet that is to be cut. */
    public static byte[] tcpSuperPacket(int payloadOctets, int segmentOctets, Random random) {
        byte[] packet = random(VirtioNetHeader.OCTETS + TCP_HEADERS_OCTETS + payloadOctets, random);
        tcp(packet, VirtioNetHeader.OCTETS, 1, TcpView.ACK)
                .putInt(TIMESTAMPS)
                .putInt(1)
                .putInt(2);
        VirtioNetHeader.write(
                packet,
                0,
                VirtioNetHeader.NEEDS_CSUM,
                VirtioNetHeader.GSO_TCPV4,
                TCP_HEADERS_OCTETS,
                segmentOctets,
                IPV4_OCTETS,
                TCP_CHECKSUM);
        int pseudoHeader = ~InternetChecksum.finish(pseudoHeader(TCP_OCTETS + payloadOctets));
        NetworkOrder.putWord(packet, VirtioNetHeader.OCTETS + IPV4_OCTETS + TCP_CHECKSUM, pseudoHeader);
        return packet;
    }

    /** Writes IPv4 and TCP headers but for the options, where the position then is; the checksum is 0. */
    private static ByteBuffer tcp(byte[] packet, int offset, int sequence, int flags) {
        ByteBuffer fields = ipv4(packet, offset, PROTOCOL_TCP);
        fields.putShort((short) PORT).putShort((short) PORT).putInt(sequence).putInt(1);
        fields.put((byte) (TCP_OCTETS << 2)).put((byte) flags).putShort((short) 501);
        return fields.putInt(0);
    }

    private static void finishTcp(byte[] packet) {
        int length = packet.length - IPV4_OCTETS;
        int checksum = InternetChecksum.compute(packet, IPV4_OCTETS, length, pseudoHeader(length));
        NetworkOrder.putWord(packet, IPV4_OCTETS + TCP_CHECKSUM, checksum);
    }

    private static long pseudoHeader(int length) {
        return (long) SOURCE + DESTINATION + PROTOCOL_TCP + length;
    }

    /** Writes the header, with its checksum; the position is then behind it. */
    private static ByteBuffer ipv4(byte[] packet, int offset, int protocol) {
        ByteBuffer fields = ByteBuffer.wrap(packet).position(offset);
        fields.putShort((short) 0x4500).putShort((short) (packet.length - offset));
        fields.putShort((short) 0).putShort((short) DONT_FRAGMENT);
        fields.put((byte) 64).put((byte) protocol).putShort((short) 0);
        fields.putInt(SOURCE).putInt(DESTINATION);
        int checksum = InternetChecksum.compute(packet, offset, IPV4_OCTETS, 0);
        return fields.putShort(offset + 10, (short) checksum);
    }

    private static byte[] random(int octets, Random random) {
        byte[] result = new byte[octets];
        random.nextBytes(result);
        return result;
    }
}
