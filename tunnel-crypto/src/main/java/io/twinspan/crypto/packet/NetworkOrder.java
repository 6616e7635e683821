package io.twinspan.crypto.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order in arrays, at any alignment: octets, words (16 bits), quads (32) and eight octets. */
public final class NetworkOrder {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private NetworkOrder() {}

    public static int octet(byte[] packet, int offset) {
        return packet[offset] & 0xff;
    }

    public static int word(byte[] packet, int offset) {
        return (short) SHORT.get(packet, offset) & 0xffff;
    }

    public static int quad(byte[] packet, int offset) {
        return (int) INT.get(packet, offset);
    }

    public static long octets8(byte[] packet, int offset) {
        return (long) LONG.get(packet, offset);
    }

    public static void putWord(byte[] packet, int offset, int value) {
        SHORT.set(packet, offset, (short) value);
    }

    public static void putQuad(byte[] packet, int offset, int value) {
        INT.set(packet, offset, value);
    }

    public static void putOctets8(byte[] packet, int offset, long value) {
        LONG.set(packet, offset, value);
    }
}
