package io.twinspan.daemon.resume;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A record in two copies, of which one counts: the one with the right checksum, and of two such the younger. Each begins with
 * its generation, the instant of writing, the lengths of name and payload, and the checksum over all of it.
 */
final class RecordSlot {
    /** Octets of both copies. */
    static final int BYTES = 64 << 10;

    private static final int COPY_BYTES = BYTES / 2;
    private static final int WRITTEN_AT = 8;
    private static final int NAME_LENGTH_AT = 16;
    private static final int PAYLOAD_LENGTH_AT = 20;
    private static final int CHECKSUM_AT = 24;
    private static final int DATA_AT = 32;
    private static final byte[] ZEROS = new byte[COPY_BYTES];

    private final ByteBuffer memory;
    private final int offset;

    RecordSlot(ByteBuffer memory, int offset) {
        this.memory = memory;
        this.offset = offset;
    }

    /**
     * What a copy holds.
     *
     * @param writtenNanos on the clock that goes on between processes
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Stored(long generation, long writtenNanos, String name, byte[] payload) {}

    /** False, and nothing changed, where it is too long. */
    boolean write(long writtenNanos, String name, byte[] payload) {
        byte[] label = name.getBytes(StandardCharsets.UTF_8);
        if (label.length + payload.length > COPY_BYTES - DATA_AT) {
            return false;
        }
        Optional<Stored> first = read(0);
        Optional<Stored> second = read(1);
        long before = Math.max(
                first.map(Stored::generation).orElse(0L),
                second.map(Stored::generation).orElse(0L));
        boolean firstCounts = first.isPresent() && first.get().generation() == before;
        int target = firstCounts ? 1 : 0;
        fill(target, before + 1, writtenNanos, label, payload);
        // What is read after a kill here is the one or the other, and both are whole.
        VarHandle.fullFence();
        wipe(1 - target);
        return true;
    }

    Optional<Stored> read() {
        Optional<Stored> first = read(0);
        Optional<Stored> second = read(1);
        if (first.isEmpty() || second.isEmpty()) {
            return first.or(() -> second);
        }
        return first.get().generation() > second.get().generation() ? first : second;
    }

    void erase() {
        wipe(0);
        wipe(1);
    }

    private void fill(int copy, long generation, long writtenNanos, byte[] label, byte[] payload) {
        int at = offset + copy * COPY_BYTES;
        memory.putLong(at, 0);
        VarHandle.fullFence();
        memory.putLong(at + WRITTEN_AT, writtenNanos);
        memory.putInt(at + NAME_LENGTH_AT, label.length);
        memory.putInt(at + PAYLOAD_LENGTH_AT, payload.length);
        memory.put(at + DATA_AT, label);
        memory.put(at + DATA_AT + label.length, payload);
        memory.putInt(at + CHECKSUM_AT, checksum(at, generation, label.length + payload.length));
        VarHandle.fullFence();
        memory.putLong(at, generation);
    }

    private Optional<Stored> read(int copy) {
        int at = offset + copy * COPY_BYTES;
        long generation = memory.getLong(at);
        int nameLength = memory.getInt(at + NAME_LENGTH_AT);
        int payloadLength = memory.getInt(at + PAYLOAD_LENGTH_AT);
        if (generation <= 0
                || nameLength < 0
                || payloadLength < 0
                || (long) nameLength + payloadLength > COPY_BYTES - DATA_AT
                || memory.getInt(at + CHECKSUM_AT) != checksum(at, generation, nameLength + payloadLength)) {
            return Optional.empty();
        }
        byte[] label = new byte[nameLength];
        memory.get(at + DATA_AT, label);
        byte[] payload = new byte[payloadLength];
        memory.get(at + DATA_AT + nameLength, payload);
        return Optional.of(new Stored(
                generation, memory.getLong(at + WRITTEN_AT), new String(label, StandardCharsets.UTF_8), payload));
    }

    /** Over generation, instant, lengths and data. */
    private int checksum(int at, long generation, int dataLength) {
        CRC32C crc = new CRC32C();
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            crc.update((int) (generation >>> shift) & 0xff);
        }
        crc.update(memory.slice(at + WRITTEN_AT, CHECKSUM_AT - WRITTEN_AT));
        crc.update(memory.slice(at + DATA_AT, dataLength));
        return (int) crc.getValue();
    }

    /** Zeroes a copy, keys and all: as much of it as was written, or where that is not certain the whole. */
    private void wipe(int copy) {
        int at = offset + copy * COPY_BYTES;
        long generation = memory.getLong(at);
        if (generation == 0 && memory.getLong(at + WRITTEN_AT) == 0) {
            return;
        }
        int name = memory.getInt(at + NAME_LENGTH_AT);
        int payload = memory.getInt(at + PAYLOAD_LENGTH_AT);
        boolean whole = generation > 0 && name >= 0 && payload >= 0 && (long) name + payload <= COPY_BYTES - DATA_AT;
        int length = whole ? DATA_AT + name + payload : COPY_BYTES;
        memory.putLong(at, 0);
        VarHandle.fullFence();
        memory.put(at + NAME_LENGTH_AT, ZEROS, 0, length - NAME_LENGTH_AT);
        VarHandle.fullFence();
        // The instant goes last: while it is there, the rest may be too.
        memory.putLong(at + WRITTEN_AT, 0);
    }
}
