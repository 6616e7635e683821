package io.twinspan.daemon.lab;

/**
 * Packets that wait, each until its instant: a store of buffers and a binary heap of instants. Packets of one instant come out
 * in the order they went in. One thread; allocates when it meets its highest fill for the first time, then no more.
 */
final class DelayLine {
    /** In place of a buffer's number: there is none. */
    static final int NONE = -1;

    private final byte[][] buffers;
    private final int[] lengths;
    private final int[] free;
    private final int bufferOctets;
    private final long[] releases;
    private final long[] orders;
    private final int[] waiting;
    private int freeCount;
    private int size;
    private long nextOrder;

    /** Room for so many packets of so many octets. */
    DelayLine(int packets, int octets) {
        bufferOctets = octets;
        buffers = new byte[packets][];
        lengths = new int[packets];
        free = new int[packets];
        releases = new long[packets];
        orders = new long[packets];
        waiting = new int[packets];
        for (int i = 0; i < packets; i++) {
            free[freeCount++] = packets - 1 - i;
        }
    }

    /** A free buffer's number, or {@link #NONE}; it comes back by {@link #schedule} and {@link #pollDue}, or {@link #giveBack}. */
    int take() {
        if (freeCount == 0) {
            return NONE;
        }
        int number = free[--freeCount];
        if (buffers[number] == null) {
            buffers[number] = new byte[bufferOctets];
        }
        return number;
    }

    byte[] buffer(int number) {
        return buffers[number];
    }

    int length(int number) {
        return lengths[number];
    }

    void giveBack(int number) {
        free[freeCount++] = number;
    }

    /** Lets a packet wait in its buffer. */
    void schedule(int number, int length, long releaseNanos) {
        lengths[number] = length;
        int place = size++;
        releases[place] = releaseNanos;
        orders[place] = nextOrder++;
        waiting[place] = number;
        while (place > 0 && isBefore(place, (place - 1) / 2)) {
            swap(place, (place - 1) / 2);
            place = (place - 1) / 2;
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The instant of the next packet; only where there is one. */
    long nextRelease() {
        return releases[0];
    }

    /** The next packet whose instant has come, out of the line but still in its buffer, or {@link #NONE}. */
    int pollDue(long nowNanos) {
        if (size == 0 || releases[0] - nowNanos > 0) {
            return NONE;
        }
        int number = waiting[0];
        size--;
        swap(0, size);
        int place = 0;
        for (int child = 1; child < size; child = 2 * place + 1) {
            if (child + 1 < size && isBefore(child + 1, child)) {
                child++;
            }
            if (!isBefore(child, place)) {
                break;
            }
            swap(child, place);
            place = child;
        }
        return number;
    }

    private boolean isBefore(int a, int b) {
        long difference = releases[a] - releases[b];
        return difference < 0 || (difference == 0 && orders[a] < orders[b]);
    }

    private void swap(int a, int b) {
        long release = releases[a];
        releases[a] = releases[b];
        releases[b] = release;
        long order = orders[a];
        orders[a] = orders[b];
        orders[b] = order;
        int number = waiting[a];
        waiting[a] = waiting[b];
        waiting[b] = number;
    }
}
