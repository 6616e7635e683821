package io.twinspan.crypto.ipsecmb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Native memory of one cipher: the key schedule and, for the packet at hand, nonce, header and tag. It is freed after
 * the cipher is gone; until then its addresses are good, if only the caller keeps this object reachable.
 *
 * <p>Octets go from and to packets as whole words in the machine's own order, so nothing is ever turned around.
 */
final class GcmState {
    static final int TAG_BYTES = 16;

    /** Octets of an ESP header with the whole of an extended sequence number. */
    static final int EXTENDED_HEADER_BYTES = 12;

    private static final int ALIGNMENT_BYTES = 64;
    private static final int SALT_BYTES = 4;

    /** Room for {@code struct gcm_key_data}: 1,008 octets in version 1.3, 1,264 in 2.0. */
    private static final int KEY_DATA_BYTES = 4096;

    /** Room for {@code struct gcm_context_data}: 88 octets in both. */
    private static final int CONTEXT_BYTES = 512;

    private static final int NONCE_OFFSET = KEY_DATA_BYTES + CONTEXT_BYTES;
    private static final int TAG_OFFSET = NONCE_OFFSET + 16;
    private static final int HEADER_OFFSET = TAG_OFFSET + TAG_BYTES;
    private static final int SHORT_HEADER_BYTES = 64;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final MemorySegment block = Arena.ofAuto().allocate(HEADER_OFFSET + SHORT_HEADER_BYTES, ALIGNMENT_BYTES);
    private final long address = block.address();
    private MemorySegment header = block.asSlice(HEADER_OFFSET, SHORT_HEADER_BYTES);

    /** Expands the key and keeps the salt; {@code keyAndSalt} is the caller's to erase. */
    GcmState(GcmFunctions functions, byte[] keyAndSalt) {
        int keyBytes = keyAndSalt.length - SALT_BYTES;
        MemorySegment key = block.asSlice(NONCE_OFFSET - CONTEXT_BYTES, keyBytes);
        MemorySegment.copy(keyAndSalt, 0, key, ValueLayout.JAVA_BYTE, 0, keyBytes);
        functions.expand(key.address(), keyData());
        key.fill((byte) 0);
        block.set(INT, NONCE_OFFSET, (int) INTS.get(keyAndSalt, keyBytes));
    }

    long keyData() {
        return address;
    }

    long context() {
        return address + KEY_DATA_BYTES;
    }

    long nonce() {
        return address + NONCE_OFFSET;
    }

    long header() {
        return header.address();
    }

    long tag() {
        return address + TAG_OFFSET;
    }

    /** Puts the packet's IV behind the salt (RFC 4106 section 4). */
    void putIv(long iv) {
        block.set(LONG, NONCE_OFFSET + SALT_BYTES, iv);
    }

    /** The 8 octets at an offset. */
    static long word(byte[] packet, int offset) {
        return (long) LONGS.get(packet, offset);
    }

    /** Copies the header that is to be authenticated; any length, though only short ones come at a packet's rate. */
    void putHeader(byte[] packet, int offset, int length) {
        if (length == Long.BYTES) {
            header.set(LONG, 0, word(packet, offset));
            return;
        }
        if (length > header.byteSize()) {
            header = Arena.ofAuto().allocate(length);
        }
        MemorySegment.copy(packet, offset, header, ValueLayout.JAVA_BYTE, 0, length);
    }

    /** RFC 4106 section 5: SPI, high half of the sequence number, low half. */
    void putExtendedHeader(byte[] packet, int offset, int sequenceHigh) {
        header.set(INT, 0, (int) INTS.get(packet, offset));
        header.set(
                INT,
                4,
                ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? sequenceHigh : Integer.reverseBytes(sequenceHigh));
        header.set(INT, 8, (int) INTS.get(packet, offset + 4));
    }

    void copyTagTo(byte[] packet, int offset) {
        LONGS.set(packet, offset, block.get(LONG, TAG_OFFSET));
        LONGS.set(packet, offset + Long.BYTES, block.get(LONG, TAG_OFFSET + Long.BYTES));
    }

    /** Compares without an early exit, so that timing does not tell where they differ. */
    boolean tagEquals(byte[] packet, int offset) {
        long first = block.get(LONG, TAG_OFFSET) ^ word(packet, offset);
        long second = block.get(LONG, TAG_OFFSET + Long.BYTES) ^ word(packet, offset + Long.BYTES);
        return (first | second) == 0;
    }

    void erase() {
        block.fill((byte) 0);
    }
}
