package io.twinspan.crypto.offload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The ten octets that a TUN device with {@code IFF_VNET_HDR} puts in front of each packet ({@code struct virtio_net_hdr},
 * virtio 1.2 section 5.1.6, in the machine's byte order as the legacy interface has it). It begins at {@code at}.
 */
public final class VirtioNetHeader {
    /** Octets of the header. */
    public static final int OCTETS = 10;

    /** No super-packet. */
    public static final int GSO_NONE = 0;
    /** TCP over IPv4. */
    public static final int GSO_TCPV4 = 1;
    /** One UDP datagram to be fragmented; nothing here makes or takes it. */
    public static final int GSO_UDP = 3;
    /** TCP over IPv6. */
    public static final int GSO_TCPV6 = 4;
    /** Many UDP datagrams over IPv4 or IPv6. */
    public static final int GSO_UDP_L4 = 5;
    /** Beside a TCP type: the first segment carries CWR. */
    public static final int GSO_ECN = 0x80;

    /** Flag: the checksum field holds the sum of the pseudo-header, and the rest is still to be added. */
    public static final int NEEDS_CSUM = 1;
    /** Flag: the checksum has been verified. */
    public static final int DATA_VALID = 2;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final int GSO_TYPE = 1;
    private static final int HEADER_BYTES = 2;
    private static final int SEGMENT_BYTES = 4;
    private static final int CHECKSUM_START = 6;
    private static final int CHECKSUM_OFFSET = 8;

    private VirtioNetHeader() {}

    /** {@link #NEEDS_CSUM} and {@link #DATA_VALID}. */
    public static int flags(byte[] array, int at) {
        return array[at] & 0xff;
    }

    /** One of the GSO types, {@link #GSO_ECN} beside it. */
    public static int gsoType(byte[] array, int at) {
        return array[at + GSO_TYPE] & 0xff;
    }

    /** Octets of all headers as the sender guesses them; only a hint. */
    public static int headerBytes(byte[] array, int at) {
        return word(array, at + HEADER_BYTES);
    }

    /** Octets of payload in each segment but the last. */
    public static int segmentBytes(byte[] array, int at) {
        return word(array, at + SEGMENT_BYTES);
    }

    /** Where the octets begin that the checksum covers, from the start of the packet. */
    public static int checksumStart(byte[] array, int at) {
        return word(array, at + CHECKSUM_START);
    }

    /** Where the checksum stands, from {@link #checksumStart}. */
    public static int checksumOffset(byte[] array, int at) {
        return word(array, at + CHECKSUM_OFFSET);
    }

    /** Writes the header of a packet that is complete as it stands. */
    public static void writeNone(byte[] array, int at) {
        write(array, at, 0, GSO_NONE, 0, 0, 0, 0);
    }

    /** Writes all fields. */
    public static void write(
            byte[] array,
            int at,
            int flags,
            int gsoType,
            int headerBytes,
            int segmentBytes,
            int checksumStart,
            int checksumOffset) {
        array[at] = (byte) flags;
        array[at + GSO_TYPE] = (byte) gsoType;
        SHORT.set(array, at + HEADER_BYTES, (short) headerBytes);
        SHORT.set(array, at + SEGMENT_BYTES, (short) segmentBytes);
        SHORT.set(array, at + CHECKSUM_START, (short) checksumStart);
        SHORT.set(array, at + CHECKSUM_OFFSET, (short) checksumOffset);
    }

    private static int word(byte[] array, int at) {
        return (short) SHORT.get(array, at) & 0xffff;
    }
}
