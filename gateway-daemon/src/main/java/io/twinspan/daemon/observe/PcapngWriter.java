package io.twinspan.daemon.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes IP packets as pcapng (draft-ietf-opsawg-pcapng sections 3 and 4): one section, one interface for each name, times
 * in nanoseconds, direction and a comment with each packet. For one thread.
 */
public final class PcapngWriter {
    /** LINKTYPE_RAW: the packet begins with an IP header. */
    private static final int LINKTYPE_RAW = 101;

    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int OPTION_END = 0;
    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_TIME_RESOLUTION = 9;
    private static final int OPTION_FLAGS = 2;
    private static final int NANOSECONDS = 9;
    private static final int INBOUND = 1;
    private static final int OUTBOUND = 2;
    private static final int FRAME_OCTETS = 12;

    private final OutputStream out;
    private int interfaces;

    /** Writes the header of the section. The stream stays the caller's. */
    public PcapngWriter(OutputStream out, String comment) throws IOException {
        this.out = out;
        ByteBuffer body = body(64 + comment.length() * 4);
        body.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        option(body, OPTION_COMMENT, comment.getBytes(StandardCharsets.UTF_8));
        block(SECTION_HEADER, end(body));
    }

    /** Adds an interface; its number is the count of those before it. */
    public int addInterface(String name) throws IOException {
        ByteBuffer body = body(64 + name.length() * 4);
        body.putShort((short) LINKTYPE_RAW).putShort((short) 0).putInt(0);
        option(body, OPTION_NAME, name.getBytes(StandardCharsets.UTF_8));
        option(body, OPTION_TIME_RESOLUTION, new byte[] {NANOSECONDS});
        block(INTERFACE_DESCRIPTION, end(body));
        return interfaces++;
    }

    /**
     * Adds a packet.
     *
     * @param packetOctets its whole length, of which {@code octets} may be the beginning
     */
    public void packet(int interfaceNumber, Instant at, boolean outbound, int packetOctets, byte[] octets)
            throws IOException {
        packet(interfaceNumber, at, outbound, packetOctets, octets, "");
    }

    /** The same with a comment of the packet's own; none where it is empty. */
    public void packet(
            int interfaceNumber, Instant at, boolean outbound, int packetOctets, byte[] octets, String comment)
            throws IOException {
        long nanos = Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
        byte[] remark = comment.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = body(72 + octets.length + remark.length);
        body.putInt(interfaceNumber)
                .putInt((int) (nanos >>> 32))
                .putInt((int) nanos)
                .putInt(octets.length)
                .putInt(Math.max(packetOctets, octets.length));
        body.put(octets);
        pad(body);
        if (remark.length > 0) {
            option(body, OPTION_COMMENT, remark);
        }
        option(body, OPTION_FLAGS, new byte[] {(byte) (outbound ? OUTBOUND : INBOUND), 0, 0, 0});
        block(ENHANCED_PACKET, end(body));
    }

    private static ByteBuffer body(int octets) {
        return ByteBuffer.allocate(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void option(ByteBuffer body, int code, byte[] value) {
        body.putShort((short) code).putShort((short) value.length).put(value);
        pad(body);
    }

    private static ByteBuffer end(ByteBuffer body) {
        return body.putShort((short) OPTION_END).putShort((short) 0).flip();
    }

    private static void pad(ByteBuffer body) {
        while (body.position() % Integer.BYTES != 0) {
            body.put((byte) 0);
        }
    }

    private void block(int type, ByteBuffer body) throws IOException {
        int total = FRAME_OCTETS + body.remaining();
        byte[] block = new byte[total];
        ByteBuffer.wrap(block)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .putInt(total)
                .put(body)
                .putInt(total);
        out.write(block);
    }
}
