package io.twinspan.crypto.packet;

/** The TCP header (RFC 9293 section 3.1) that begins at {@code offset}; the caller knows that twenty octets are there. */
public final class TcpView {
    public static final int MIN_HEADER_BYTES = 20;

    /** Where the checksum stands in the header. */
    public static final int CHECKSUM = 16;

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int URG = 0x20;
    public static final int ECE = 0x40;
    public static final int CWR = 0x80;

    private static final int SEQUENCE = 4;
    private static final int DATA_OFFSET = 12;
    private static final int FLAGS = 13;

    private TcpView() {}

    public static int sourcePort(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset);
    }

    public static int destinationPort(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + 2);
    }

    /** Octets of header as its data offset says, options included: 0..60, which may be too small to be true. */
    public static int headerBytes(byte[] packet, int offset) {
        return NetworkOrder.octet(packet, offset + DATA_OFFSET) >>> 4 << 2;
    }

    /** True for SYN and for SYN-ACK. */
    public static boolean isSyn(byte[] packet, int offset) {
        return (packet[offset + FLAGS] & SYN) != 0;
    }

    public static int checksum(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + CHECKSUM);
    }

    /** The sequence number of the first octet of data. */
    public static int sequence(byte[] packet, int offset) {
        return NetworkOrder.quad(packet, offset + SEQUENCE);
    }

    public static void setSequence(byte[] packet, int offset, int sequence) {
        NetworkOrder.putQuad(packet, offset + SEQUENCE, sequence);
    }

    /** The eight flags from CWR down to FIN, without the reserved bits beside the data offset. */
    public static int flags(byte[] packet, int offset) {
        return NetworkOrder.octet(packet, offset + FLAGS);
    }

    public static void setFlags(byte[] packet, int offset, int flags) {
        packet[offset + FLAGS] = (byte) flags;
    }

    /** Sets the field alone; the caller has computed it. */
    public static void setChecksum(byte[] packet, int offset, int checksum) {
        NetworkOrder.putWord(packet, offset + CHECKSUM, checksum);
    }
}
