package io.twinspan.crypto.packet;

/** The TCP header (RFC 9293 section 3.1) that begins at {@code offset}; the caller knows that twenty octets are there. */
public final class TcpView {
    public static final int MIN_HEADER_BYTES = 20;
    private static final int CHECKSUM = 16;
    private static final int SYN = 0x02;

    private TcpView() {}

    public static int sourcePort(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset);
    }

    public static int destinationPort(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + 2);
    }

    /** Octets of header as its data offset says, options included: 0..60, which may be too small to be true. */
    public static int headerBytes(byte[] packet, int offset) {
        return NetworkOrder.octet(packet, offset + 12) >>> 4 << 2;
    }

    /** True for SYN and for SYN-ACK. */
    public static boolean isSyn(byte[] packet, int offset) {
        return (packet[offset + 13] & SYN) != 0;
    }

    public static int checksum(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + CHECKSUM);
    }

    static void setChecksum(byte[] packet, int offset, int checksum) {
        NetworkOrder.putWord(packet, offset + CHECKSUM, checksum);
    }
}
