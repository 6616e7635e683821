package io.twinspan.crypto.packet;

/** The UDP header (RFC 768) that begins at {@code offset}; the caller knows that eight octets are there. */
public final class UdpView {
    public static final int HEADER_BYTES = 8;

    /** Where the checksum stands in the header. */
    public static final int CHECKSUM = 6;

    private static final int LENGTH = 4;

    private UdpView() {}

    /** Octets of header and data, as the header says. */
    public static int length(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + LENGTH);
    }

    public static void setLength(byte[] packet, int offset, int length) {
        NetworkOrder.putWord(packet, offset + LENGTH, length);
    }

    /** The checksum; 0 where the sender made none. */
    public static int checksum(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + CHECKSUM);
    }

    /** Sets the field to a checksum as computed: RFC 768 has 0 travel as all ones, because 0 says that there is none. */
    public static void setChecksum(byte[] packet, int offset, int computed) {
        NetworkOrder.putWord(packet, offset + CHECKSUM, computed == 0 ? 0xffff : computed);
    }
}
