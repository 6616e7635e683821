package io.twinspan.daemon.resume;

import io.twinspan.crypto.esp.SequenceCell;
import io.twinspan.daemon.dataplane.NumberBook;
import io.twinspan.daemon.dataplane.SaNumbers;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Sequence numbers of child SAs, a cell for each: its inbound SPI, the highest number received, and on a cache line of its own
 * the number up to which may have been sent. A cell is set aside before the SA is in any record, so that an SA without a cell
 * is never taken up. Control loop only, but for the numbers themselves, of which each has one writing loop.
 */
final class NumberCells implements NumberBook {
    static final int CELL_BYTES = 128;

    private static final long IN_USE = 1L << 32;
    private static final int RECEIVED_AT = 8;
    private static final int SENT_AT = 64;

    private final ByteBuffer memory;
    private final int base;
    private final int count;
    private final Map<Integer, Integer> inherited = new HashMap<>();
    private final Map<Integer, Cell> claimed = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    NumberCells(ByteBuffer memory, int base, int count) {
        this.memory = memory;
        this.base = base;
        this.count = count;
        for (int index = 0; index < count; index++) {
            long label = memory.getLong(offset(index));
            boolean used = (label & ~0xffff_ffffL) == IN_USE;
            if (!used || inherited.putIfAbsent((int) label, index) != null) {
                clear(index);
                free.addLast(index);
            }
        }
    }

    /** True where the numbers of this SA are known, of this process or the one before. */
    boolean knows(int inboundSpi) {
        return claimed.containsKey(inboundSpi) || inherited.containsKey(inboundSpi);
    }

    /** Sets a cell aside, or takes over the one of the process before; false where there is none left. */
    boolean claim(int inboundSpi) {
        reclaim();
        if (claimed.containsKey(inboundSpi)) {
            return true;
        }
        Integer index = inherited.remove(inboundSpi);
        if (index == null) {
            index = free.pollFirst();
            if (index == null) {
                return false;
            }
            memory.putLong(offset(index), IN_USE | (inboundSpi & 0xffff_ffffL));
        }
        claimed.put(inboundSpi, new Cell(index, memory, offset(index)));
        return true;
    }

    @Override
    public SaNumbers open(int inboundSpi) {
        Cell cell = claim(inboundSpi) ? claimed.get(inboundSpi) : null;
        // One that found no cell is in no record either, so that nobody takes it over.
        return cell == null ? NumberBook.IN_PROCESS.open(inboundSpi) : cell;
    }

    /** What nobody has claimed belongs to SAs that are not taken up. */
    void settle() {
        inherited.values().forEach(this::release);
        inherited.clear();
    }

    void wipe() {
        settle();
        for (int index = 0; index < count; index++) {
            if (memory.getLong(offset(index)) != 0) {
                clear(index);
            }
        }
    }

    private void reclaim() {
        for (Iterator<Cell> cells = claimed.values().iterator(); cells.hasNext(); ) {
            Cell cell = cells.next();
            if (cell.isOver()) {
                cells.remove();
                release(cell.index);
            }
        }
    }

    private void release(int index) {
        clear(index);
        free.addLast(index);
    }

    private void clear(int index) {
        memory.putLong(offset(index), 0);
        VarHandle.fullFence();
        memory.putLong(offset(index) + RECEIVED_AT, 0);
        memory.putLong(offset(index) + SENT_AT, 0);
    }

    private int offset(int index) {
        return base + index * CELL_BYTES;
    }

    private static final class Cell implements SaNumbers {
        private final int index;
        private final SequenceCell received;
        private final SequenceCell sent;
        private volatile boolean sendingOver;
        private volatile boolean receivingOver;

        Cell(int index, ByteBuffer memory, int offset) {
            this.index = index;
            this.received = SequenceCell.at(memory, offset + RECEIVED_AT);
            this.sent = SequenceCell.at(memory, offset + SENT_AT);
        }

        @Override
        public SequenceCell sent() {
            return sent;
        }

        @Override
        public SequenceCell received() {
            return received;
        }

        @Override
        public void sendingEnded() {
            sendingOver = true;
        }

        @Override
        public void receivingEnded() {
            receivingOver = true;
        }

        boolean isOver() {
            return sendingOver && receivingOver;
        }
    }
}
