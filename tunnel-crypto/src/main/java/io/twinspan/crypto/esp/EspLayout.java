package io.twinspan.crypto.esp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Where the fields of an ESP packet stand (RFC 4303 section 2), and how much room an inner packet needs around it. */
public final class EspLayout {
    /** SPI and sequence number. */
    public static final int HEADER_BYTES = 8;

    /** Pad length and next header. */
    public static final int TRAILER_BYTES = 2;

    /** Room that every suite can do with in front of the inner packet: ESP header and IV. */
    public static final int MAX_HEADROOM_BYTES = HEADER_BYTES + 16;

    /** Room that every suite can do with behind the inner packet: padding, trailer and ICV. */
    public static final int MAX_TAILROOM_BYTES = 15 + TRAILER_BYTES + 32;

    static final int NEXT_HEADER_NONE = 59;

    private static final int LAST_RESERVED_SPI = 255;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private EspLayout() {}

    /** The SPI of an ESP packet that has at least 4 octets. */
    public static int spi(byte[] packet, int offset) {
        return getInt(packet, offset);
    }

    /** The 32 bits of sequence number on the wire of an ESP packet that has at least 8 octets. */
    public static int sequenceLow(byte[] packet, int offset) {
        return getInt(packet, offset + 4);
    }

    /** True for SPI 0..255, which no SA may have: 0 is local use, the others are reserved (RFC 4303 section 2.1). */
    public static boolean isReservedSpi(int spi) {
        return Integer.compareUnsigned(spi, LAST_RESERVED_SPI) <= 0;
    }

    static int getOctet(byte[] packet, int offset) {
        return packet[offset] & 0xff;
    }

    static int getInt(byte[] packet, int offset) {
        return (int) INT.get(packet, offset);
    }

    static void putInt(byte[] packet, int offset, int value) {
        INT.set(packet, offset, value);
    }

    static long getLong(byte[] packet, int offset) {
        return (long) LONG.get(packet, offset);
    }

    static void putLong(byte[] packet, int offset, long value) {
        LONG.set(packet, offset, value);
    }
}
