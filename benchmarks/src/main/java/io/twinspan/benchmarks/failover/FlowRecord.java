package io.twinspan.benchmarks.failover;

/**
 * Which packets of a numbered flow came through. Holds the last packets only, by number modulo the room. One thread notes what
 * is sent, one what arrives; others may read what is complete.
 */
final class FlowRecord {
    private static final long NEVER = Long.MIN_VALUE;

    private final long[] sentNanos;
    private final long[] arrivedNanos;
    private final byte[] duplicates;
    private final boolean[] overtaken;
    private final int mask;
    private volatile int sent;
    private volatile int highest = -1;
    private volatile int inARow;

    /** Room for so many packets, a power of two. */
    FlowRecord(int room) {
        if (Integer.bitCount(room) != 1) {
            throw new IllegalArgumentException(room + " is no power of two");
        }
        mask = room - 1;
        sentNanos = new long[room];
        arrivedNanos = new long[room];
        duplicates = new byte[room];
        overtaken = new boolean[room];
    }

    /** Notes the sending of the next packet and answers its number. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one sender
    int send(long nowNanos) {
        int number = sent;
        int place = number & mask;
        sentNanos[place] = nowNanos;
        arrivedNanos[place] = NEVER;
        duplicates[place] = 0;
        overtaken[place] = false;
        sent = number + 1;
        return number;
    }

    /** Notes an arrival; what was never sent, or too long ago, is none of ours. */
    void receive(int number, long nowNanos) {
        int limit = sent;
        if (number < 0 || number >= limit || limit - number > mask) {
            return;
        }
        int place = number & mask;
        if (arrivedNanos[place] != NEVER) {
            duplicates[place]++;
        } else {
            arrivedNanos[place] = nowNanos;
            overtaken[place] = number < highest;
        }
        inARow = number == highest + 1 ? inARow + 1 : 0;
        highest = Math.max(highest, number);
    }

    /** The number of the next packet. */
    int sent() {
        return sent;
    }

    /** How many packets have arrived one after the other, without a gap, up to the last arrival. */
    int inARow() {
        return inARow;
    }

    /** True where a packet with this number or a higher one has arrived. */
    boolean hasArrived(int number) {
        return highest >= number;
    }

    /**
     * True while packets pass: so many have arrived without a gap, and the last of them was sent just now.
     *
     * @param packets in a row
     * @param behind how many packets may be under way
     */
    boolean passes(int packets, int behind) {
        return inARow >= packets && sent - highest <= behind;
    }

    /**
     * What became of a range of packets.
     *
     * @param from first number; an outage counts from it at the earliest
     * @param to number after the last
     */
    FlowWindow window(int from, int to) {
        int visible = highest;
        int first = Math.max(from, sent - mask);
        int lost = 0;
        int twice = 0;
        int reordered = 0;
        long outage = 0;
        long pacing = 0;
        int lastReceived = first;
        boolean open = false;
        for (int number = first; number < to; number++) {
            int place = number & mask;
            if (number > first) {
                pacing = Math.max(pacing, sentNanos[place] - sentNanos[number - 1 & mask]);
            }
            if (number > visible || arrivedNanos[place] == NEVER) {
                lost++;
                open = true;
                continue;
            }
            twice += duplicates[place];
            reordered += overtaken[place] ? 1 : 0;
            if (open) {
                outage = Math.max(outage, sentNanos[place] - sentNanos[lastReceived & mask]);
            }
            open = false;
            lastReceived = number;
        }
        if (open) {
            outage = Math.max(outage, sentNanos[to - 1 & mask] - sentNanos[lastReceived & mask]);
        }
        return new FlowWindow(to - first, lost, twice, reordered, outage, open, pacing);
    }
}
