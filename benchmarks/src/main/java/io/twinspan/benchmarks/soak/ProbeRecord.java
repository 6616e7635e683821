package io.twinspan.benchmarks.soak;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which probes of a flow came through, and how long each took. Written by one receiving thread; read after it has ended.
 */
final class ProbeRecord {
    private final long[] sentNanos;
    private final BitSet received = new BitSet();
    private final long[] delayNanos;
    private int sent;
    private int duplicates;

    /** Room for so many probes. */
    ProbeRecord(int capacity) {
        sentNanos = new long[capacity];
        delayNanos = new long[capacity];
    }

    /** Notes the sending of the next probe and answers its number, or -1 where the room is used up. */
    int send(long nowNanos) {
        if (sent == sentNanos.length) {
            return -1;
        }
        sentNanos[sent] = nowNanos;
        return sent++;
    }

    /** Notes an arrival; a number that was never sent is none of ours. */
    void receive(int number, long nowNanos) {
        if (number < 0 || number >= sentNanos.length) {
            return;
        }
        if (received.get(number)) {
            duplicates++;
            return;
        }
        received.set(number);
        delayNanos[number] = nowNanos - sentNanos[number];
    }

    int sent() {
        return sent;
    }

    int lost() {
        return sent - received.cardinality();
    }

    int duplicates() {
        return duplicates;
    }

    /** Probes that were sent in a time and did not arrive. */
    int lostBetween(long fromNanos, long toNanos) {
        int lost = 0;
        for (int i = 0; i < sent; i++) {
            boolean inTime = sentNanos[i] - fromNanos >= 0 && sentNanos[i] - toNanos < 0;
            if (inTime && !received.get(i)) {
                lost++;
            }
        }
        return lost;
    }

    /** Delays of those that arrived, in nanoseconds, smallest first. */
    long[] delays() {
        long[] delays = received.stream().mapToLong(i -> delayNanos[i]).toArray();
        Arrays.sort(delays);
        return delays;
    }
}
