package io.twinspan.crypto.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Whole packets with right checksums, built the slow and obvious way. */
final class PacketFixture {
    static final int SOURCE = 0x0a000001;
    static final int DESTINATION = 0xac1f0002;
    static final byte[] SOURCE_V6 = HexFormat.of().parseHex("fd000000000000000000000000000001");
    static final byte[] DESTINATION_V6 = HexFormat.of().parseHex("fd000000000000000000000000000002");

    private PacketFixture() {}

    /** An IPv4 packet; the options' length must be a multiple of four. */
    static byte[] ipv4(int protocol, int flagsAndOffset, byte[] options, byte[] payload) {
        int headerBytes = 20 + options.length;
        ByteBuffer packet = ByteBuffer.allocate(headerBytes + payload.length);
        packet.put((byte) (0x40 | headerBytes / 4)).put((byte) 0);
        packet.putShort((short) (headerBytes + payload.length)).putShort((short) 0x1234);
        packet.putShort((short) flagsAndOffset)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0);
        packet.putInt(SOURCE).putInt(DESTINATION).put(options).put(payload);
        byte[] octets = packet.array();
        packet.putShort(10, (short) naiveChecksum(octets, 0, headerBytes));
        return octets;
    }

    static byte[] ipv6(int nextHeader, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(40 + payload.length);
        packet.putInt(6 << 28)
                .putShort((short) payload.length)
                .put((byte) nextHeader)
                .put((byte) 64);
        return packet.put(SOURCE_V6).put(DESTINATION_V6).put(payload).array();
    }

    /** A TCP segment with these flags and options (padded with zeros to four octets), checksum for IPv4. */
    static byte[] tcpOverV4(int flags, byte[] options, byte[] data) {
        byte[] packet = ipv4(IpPacket.PROTOCOL_TCP, 0, new byte[0], tcp(flags, options, data));
        ByteBuffer.wrap(packet).putShort(20 + 16, (short) transportChecksumV4(packet));
        return packet;
    }

    /** As {@link #tcpOverV4} over IPv6, behind extension headers given as raw octets of which the last points to TCP. */
    static byte[] tcpOverV6(int firstHeader, byte[] extensions, int flags, byte[] options) {
        byte[] segment = tcp(flags, options, new byte[0]);
        byte[] payload = ByteBuffer.allocate(extensions.length + segment.length)
                .put(extensions)
                .put(segment)
                .array();
        byte[] packet = ipv6(firstHeader, payload);
        int tcp = 40 + extensions.length;
        ByteBuffer.wrap(packet).putShort(tcp + 16, (short) transportChecksumV6(packet, tcp, IpPacket.PROTOCOL_TCP));
        return packet;
    }

    private static byte[] tcp(int flags, byte[] options, byte[] data) {
        int headerBytes = 20 + (options.length + 3) / 4 * 4;
        ByteBuffer segment = ByteBuffer.allocate(headerBytes + data.length);
        segment.putShort((short) 40_000).putShort((short) 443).putInt(1).putInt(2);
        segment.put((byte) ((headerBytes / 4) << 4)).put((byte) flags).putShort((short) 65_535);
        segment.putShort((short) 0).putShort((short) 0).put(options).position(headerBytes);
        return segment.put(data).array();
    }

    /** The checksum over pseudo-header and payload; 0 where the one in the packet is right. */
    static int transportChecksumV4(byte[] packet) {
        int headerBytes = (packet[0] & 15) * 4;
        int size = packet.length - headerBytes;
        ByteBuffer all = ByteBuffer.allocate(12 + size);
        all.put(packet, 12, 8)
                .put((byte) 0)
                .put(packet[9])
                .putShort((short) size)
                .put(packet, headerBytes, size);
        return naiveChecksum(all.array(), 0, all.capacity());
    }

    static int transportChecksumV6(byte[] packet, int transport, int protocol) {
        int size = packet.length - transport;
        ByteBuffer all = ByteBuffer.allocate(40 + size);
        all.put(packet, 8, 32).putInt(size).putInt(protocol).put(packet, transport, size);
        return naiveChecksum(all.array(), 0, all.capacity());
    }

    /** RFC 1071 section 4.1, word by word. */
    static int naiveChecksum(byte[] octets, int offset, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int octet = octets[offset + i] & 0xff;
            sum += i % 2 == 0 ? octet << 8 : octet;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
