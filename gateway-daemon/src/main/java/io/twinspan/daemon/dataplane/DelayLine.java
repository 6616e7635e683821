package io.twinspan.daemon.dataplane;

/**
 * Packets on their way along a path that a drill made longer, in the order in which they came. All memory is taken when it is
 * made. Confined to one loop; what belongs to a packet besides its octets is kept by the owner under the packet's place.
 */
final class DelayLine {
    /** Packets that may be on the way. */
    static final int PACKETS = 8_192;

    /** Octets that may be on the way: 2 s at 32 Mbit/s, 100 ms at 600 Mbit/s. */
    static final int OCTETS = 8 << 20;

    /** Answer of {@link #add}: no room. */
    static final int FULL = -1;

    private final byte[] octets = new byte[OCTETS];
    private final int[] starts = new int[PACKETS];
    private final int[] lengths = new int[PACKETS];
    private final long[] dueNanos = new long[PACKETS];
    private int oldest;
    private int count;
    private int end;

    /** Takes a packet in; the place under which it is kept, or {@link #FULL}. */
    int add(byte[] from, int offset, int length, long due) {
        if (count == PACKETS) {
            return FULL;
        }
        int start = room(length);
        if (start == FULL) {
            return FULL;
        }
        int place = (oldest + count) % PACKETS;
        System.arraycopy(from, offset, octets, start, length);
        starts[place] = start;
        lengths[place] = length;
        dueNanos[place] = due;
        end = start + length;
        count++;
        return place;
    }

    /** A packet stays in one piece: where the rest of the memory is too short, it is left empty. */
    private int room(int length) {
        if (count == 0) {
            return length <= OCTETS ? 0 : FULL;
        }
        int first = starts[oldest];
        if (end > first) {
            return length <= OCTETS - end ? end : length < first ? 0 : FULL;
        }
        return length < first - end ? end : FULL;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** When the oldest packet arrives; only where there is one. */
    long nextDueNanos() {
        return dueNanos[oldest];
    }

    /** Where the oldest packet is kept; only where there is one. */
    int oldest() {
        return oldest;
    }

    byte[] octets() {
        return octets;
    }

    int start(int place) {
        return starts[place];
    }

    int length(int place) {
        return lengths[place];
    }

    /** Forgets the oldest packet. */
    void removeOldest() {
        oldest = (oldest + 1) % PACKETS;
        count--;
    }
}
