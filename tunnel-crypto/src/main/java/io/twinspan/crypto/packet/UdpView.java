package io.twinspan.crypto.packet;

/** The UDP header (RFC 768) that begins at {@code offset}; the caller knows that eight octets are there. */
public final class UdpView {
    public static final int HEADER_BYTES = 8;

    private UdpView() {}

    public static int sourcePort(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset);
    }

    public static int destinationPort(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + 2);
    }

    /** Octets of header and payload. */
    public static int totalBytes(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + 4);
    }

    /** The checksum; 0 means that the sender made none. */
    public static int checksum(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + 6);
    }
}
