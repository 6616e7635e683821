package io.twinspan.crypto.esp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A sequence number in memory that may outlive the process: 8 aligned octets, so that no reader, not even one that comes after
 * a kill in the middle of a store, sees half of one. One thread writes, any thread reads.
 */
public final class SequenceCell {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;
    private final int offset;

    private SequenceCell(ByteBuffer memory, int offset) {
        this.memory = memory;
        this.offset = offset;
    }

    /** A cell that holds 0 and is forgotten with the process. */
    public static SequenceCell inProcess() {
        return new SequenceCell(ByteBuffer.allocateDirect(Long.BYTES), 0);
    }

    /**
     * The cell at this place.
     *
     * @param memory not on the Java heap
     * @param offset of 8 octets whose address is a multiple of 8
     */
    public static SequenceCell at(ByteBuffer memory, int offset) {
        return new SequenceCell(memory, offset);
    }

    /** What was stored last. */
    public long get() {
        return (long) LONGS.getAcquire(memory, offset);
    }

    /** Stores a number; whatever the thread does afterwards happens after it, also for those who look after a kill. */
    public void set(long number) {
        LONGS.setRelease(memory, offset, number);
    }
}
