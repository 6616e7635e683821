package io.twinspan.crypto.ipsecmb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Native memory of one cipher: the key schedule and, for the packet at hand, nonce, header, tag and text. It is freed after
 * the cipher is gone; until then its addresses are good, if only the caller keeps this object reachable.
 *
 * <p>The text is copied in and out, which costs a tenth of what ciphering it costs. Handing the function the packet's own
 * array would save that, but takes an object for each call, and whether the compiler removes it depends on what else the
 * process has used such objects for.
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
    private static final int BLOCK_BYTES = TAG_OFFSET + TAG_BYTES;
    private static final int FIRST_HEADER_BYTES = 64;
    private static final int FIRST_TEXT_BYTES = 2048;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfInt BIG_ENDIAN_INT = INT.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment block = allocate(BLOCK_BYTES);
    private MemorySegment header = allocate(FIRST_HEADER_BYTES);
    private MemorySegment text = allocate(FIRST_TEXT_BYTES);

    /** Expands the key and keeps the salt; {@code keyAndSalt} is the caller's to erase. */
    GcmState(GcmFunctions functions, byte[] keyAndSalt) {
        int keyBytes = keyAndSalt.length - SALT_BYTES;
        MemorySegment.copy(keyAndSalt, 0, text, ValueLayout.JAVA_BYTE, 0, keyBytes);
        functions.expand(text(), keyData());
        text.fill((byte) 0);
        block.set(INT, NONCE_OFFSET, (int) INTS.get(keyAndSalt, keyBytes));
    }

    private static MemorySegment allocate(long bytes) {
        return Arena.ofAuto().allocate(bytes, ALIGNMENT_BYTES);
    }

    long keyData() {
        return block.address();
    }

    long context() {
        return block.address() + KEY_DATA_BYTES;
    }

    long nonce() {
        return block.address() + NONCE_OFFSET;
    }

    long tag() {
        return block.address() + TAG_OFFSET;
    }

    long header() {
        return header.address();
    }

    long text() {
        return text.address();
    }

    /** The packet's IV, as a word in the machine's own order. */
    static long iv(byte[] packet, int offset) {
        return (long) LONGS.get(packet, offset);
    }

    /** Puts the packet's IV behind the salt (RFC 4106 section 4). */
    void putIv(long iv) {
        block.set(LONG, NONCE_OFFSET + SALT_BYTES, iv);
    }

    /** Copies the header that is to be authenticated; any length, though only short ones come at a packet's rate. */
    void putHeader(byte[] packet, int offset, int length) {
        if (length == Long.BYTES) {
            header.set(LONG, 0, (long) LONGS.get(packet, offset));
            return;
        }
        if (length > header.byteSize()) {
            header = allocate(length);
        }
        MemorySegment.copy(packet, offset, header, ValueLayout.JAVA_BYTE, 0, length);
    }

    /** RFC 4106 section 5: SPI, high half of the sequence number, low half. */
    void putExtendedHeader(byte[] packet, int offset, int sequenceHigh) {
        header.set(INT, 0, (int) INTS.get(packet, offset));
        header.set(BIG_ENDIAN_INT, 4, sequenceHigh);
        header.set(INT, 8, (int) INTS.get(packet, offset + 4));
    }

    /** Copies a text in. */
    void putText(byte[] packet, int offset, int length) {
        if (length > text.byteSize()) {
            growText(length);
        }
        MemorySegment.copy(packet, offset, text, ValueLayout.JAVA_BYTE, 0, length);
    }

    private void growText(int length) {
        text.fill((byte) 0);
        text = allocate(Math.max(length, 2 * text.byteSize()));
    }

    /** Copies the text out. */
    void copyTextTo(byte[] packet, int offset, int length) {
        MemorySegment.copy(text, ValueLayout.JAVA_BYTE, 0, packet, offset, length);
    }

    /** Copies the tag out. */
    void copyTagTo(byte[] packet, int offset) {
        LONGS.set(packet, offset, block.get(LONG, TAG_OFFSET));
        LONGS.set(packet, offset + Long.BYTES, block.get(LONG, TAG_OFFSET + Long.BYTES));
    }

    /** Compares without an early exit, so that timing does not tell where they differ. */
    boolean tagEquals(byte[] packet, int offset) {
        long first = block.get(LONG, TAG_OFFSET) ^ (long) LONGS.get(packet, offset);
        long second = block.get(LONG, TAG_OFFSET + Long.BYTES) ^ (long) LONGS.get(packet, offset + Long.BYTES);
        return (first | second) == 0;
    }

    void erase() {
        block.fill((byte) 0);
        text.fill((byte) 0);
    }
}
