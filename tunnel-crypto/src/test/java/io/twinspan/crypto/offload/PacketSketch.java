package io.twinspan.crypto.offload;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A TCP or UDP packet by its fields, and the slow and obvious way to its octets. What a super-packet is to be cut into is
 * the same sketch with other fields, so that nothing here resembles the code under test.
 */
public final class PacketSketch implements Cloneable {
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int PSH = 8;
    public static final int ACK = 16;
    public static final int URG = 32;
    public static final int ECE = 64;
    public static final int CWR = 128;
    public static final int DF = 0x4000;

    public boolean v6;

    /** Travels from 10.2.0.0/16 or fd02::/64 to 10.1.0.0/16 or fd01::/64; else the other way. */
    public boolean reply;

    public boolean udp;
    public int source = 1;
    public int destination = 2;
    public int sourcePort = 40_000;
    public int destinationPort = 443;
    public int trafficClass;
    public int timeToLive = 64;
    public int identification = 0x1234;
    public int fragmentWord = DF;
    public int flowLabel = 0x12345;
    public byte[] ipOptions = {};

    /** IPv6 extension headers, each 8 octets of "destination options" with padding. */
    public int extensionHeaders;

    public int sequence = 1000;
    public int acknowledgment = 2000;
    public int flags = ACK;

    /** Turns bits beside the data offset, which are reserved, and in it, which then is wrong. */
    public int reserved;

    public int window = 501;
    public int urgentPointer;
    public byte[] tcpOptions = {};
    public byte[] payload = {};

    public static PacketSketch tcpV4() {
        return new PacketSketch();
    }

    public static PacketSketch tcpV6() {
        PacketSketch sketch = new PacketSketch();
        sketch.v6 = true;
        return sketch;
    }

    public static PacketSketch udpV4() {
        PacketSketch sketch = new PacketSketch();
        sketch.udp = true;
        return sketch;
    }

    public static PacketSketch udpV6() {
        PacketSketch sketch = tcpV6();
        sketch.udp = true;
        return sketch;
    }

    public PacketSketch copy() {
        try {
            return (PacketSketch) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    public PacketSketch payload(int octets) {
        payload = new byte[octets];
        for (int i = 0; i < octets; i++) {
            payload[i] = (byte) ((sequence + i) * 31 + (i >> 8));
        }
        return this;
    }

    public PacketSketch flags(int newFlags) {
        flags = newFlags;
        return this;
    }

    /** The packet that a sender without offloads sends next: behind this one, with as much payload. */
    public PacketSketch next() {
        return next(payload.length);
    }

    public PacketSketch next(int octets) {
        PacketSketch next = copy();
        next.sequence += payload.length;
        next.identification = (identification + 1) & 0xffff;
        return next.payload(octets);
    }

    /** The packets that this super-packet stands for. */
    public List<byte[]> segments(int segmentBytes) {
        List<byte[]> segments = new ArrayList<>();
        for (int at = 0; at < payload.length; at += segmentBytes) {
            int end = Math.min(at + segmentBytes, payload.length);
            PacketSketch segment = copy();
            segment.payload = Arrays.copyOfRange(payload, at, end);
            segment.sequence = sequence + at;
            segment.identification = (identification + segments.size()) & 0xffff;
            segment.flags = at == 0 ? segment.flags : segment.flags & ~CWR;
            segment.flags = end == payload.length ? segment.flags : segment.flags & ~(PSH | FIN);
            segments.add(segment.octets());
        }
        return segments;
    }

    public int transportAt() {
        return v6 ? 40 + 8 * extensionHeaders : 20 + ipOptions.length;
    }

    public int headerBytes() {
        return transportAt() + (udp ? 8 : 20 + tcpOptions.length);
    }

    public int gsoType() {
        int tcp = v6 ? VirtioNetHeader.GSO_TCPV6 : VirtioNetHeader.GSO_TCPV4;
        return udp ? VirtioNetHeader.GSO_UDP_L4 : tcp;
    }

    /** The packet as it travels, all checksums right. */
    public byte[] octets() {
        byte[] packet = withPseudoHeader();
        int transport = transportAt();
        int checksum = checksum(packet, transport, packet.length);
        ByteBuffer.wrap(packet).putShort(checksumAt(), (short) (udp && checksum == 0 ? 0xffff : checksum));
        return packet;
    }

    /** The packet as the kernel leaves it to a device: the sum of the pseudo-header in the checksum field. */
    public byte[] withPseudoHeader() {
        byte[] transport = transport();
        byte[] packet = v6 ? ipv6(transport) : ipv4(transport);
        ByteBuffer.wrap(packet).putShort(checksumAt(), (short) ~pseudoHeader(packet, transport.length));
        return packet;
    }

    public int checksumAt() {
        return transportAt() + (udp ? 6 : 16);
    }

    /** As {@link #withPseudoHeader}, the virtio header in front. */
    public byte[] superPacket(int segmentBytes) {
        return withHeader(gsoType(), segmentBytes);
    }

    public byte[] withHeader(int gsoType, int segmentBytes) {
        byte[] packet = withPseudoHeader();
        byte[] array = new byte[VirtioNetHeader.OCTETS + packet.length];
        int field = checksumAt() - transportAt();
        VirtioNetHeader.write(
                array, 0, VirtioNetHeader.NEEDS_CSUM, gsoType, headerBytes(), segmentBytes, transportAt(), field);
        System.arraycopy(packet, 0, array, VirtioNetHeader.OCTETS, packet.length);
        return array;
    }

    private byte[] transport() {
        ByteBuffer buffer = ByteBuffer.allocate(headerBytes() - transportAt() + payload.length);
        buffer.putShort((short) sourcePort).putShort((short) destinationPort);
        if (udp) {
            buffer.putShort((short) buffer.capacity()).putShort((short) 0);
        } else {
            buffer.putInt(sequence).putInt(acknowledgment);
            buffer.put((byte) ((((20 + tcpOptions.length) / 4) << 4) ^ reserved))
                    .put((byte) flags);
            buffer.putShort((short) window).putShort((short) 0).putShort((short) urgentPointer);
            buffer.put(tcpOptions);
        }
        return buffer.put(payload).array();
    }

    private byte[] ipv4(byte[] transport) {
        ByteBuffer buffer = ByteBuffer.allocate(transportAt() + transport.length);
        buffer.put((byte) (0x40 | (20 + ipOptions.length) / 4)).put((byte) trafficClass);
        buffer.putShort((short) buffer.capacity()).putShort((short) identification);
        buffer.putShort((short) fragmentWord).put((byte) timeToLive).put((byte) (udp ? 17 : 6));
        buffer.putShort((short) 0)
                .putInt((reply ? 0x0a02_0000 : 0x0a01_0000) | source)
                .putInt((reply ? 0x0a01_0000 : 0x0a02_0000) | destination);
        buffer.put(ipOptions).put(transport);
        buffer.putShort(10, (short) checksum(buffer.array(), 0, transportAt()));
        return buffer.array();
    }

    private byte[] ipv6(byte[] transport) {
        ByteBuffer buffer = ByteBuffer.allocate(transportAt() + transport.length);
        int protocol = udp ? 17 : 6;
        buffer.putInt((6 << 28) | (trafficClass << 20) | flowLabel).putShort((short) (buffer.capacity() - 40));
        buffer.put((byte) (extensionHeaders == 0 ? protocol : 60)).put((byte) timeToLive);
        buffer.putLong(reply ? 0xfd02L << 48 : 0xfd01L << 48).putLong(source);
        buffer.putLong(reply ? 0xfd01L << 48 : 0xfd02L << 48).putLong(destination);
        for (int i = 1; i <= extensionHeaders; i++) {
            buffer.put((byte) (i == extensionHeaders ? protocol : 60)).put(new byte[] {0, 1, 4, 0, 0, 0, 0});
        }
        return buffer.put(transport).array();
    }

    /** The pseudo-header's checksum, complemented as checksums are. */
    private int pseudoHeader(byte[] packet, int size) {
        ByteArrayOutputStream pseudo = new ByteArrayOutputStream();
        pseudo.write(packet, v6 ? 8 : 12, v6 ? 32 : 8);
        pseudo.writeBytes(
                ByteBuffer.allocate(8).putInt(size).putInt(udp ? 17 : 6).array());
        return checksum(pseudo.toByteArray(), 0, pseudo.size());
    }

    /** RFC 1071 section 4.1, octet by octet. */
    public static int checksum(byte[] octets, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            int octet = octets[i] & 0xff;
            sum += (i - from) % 2 == 0 ? octet << 8 : octet;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
