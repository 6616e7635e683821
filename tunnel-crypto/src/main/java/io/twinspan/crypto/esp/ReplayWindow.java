package io.twinspan.crypto.esp;

import java.util.Arrays;

/**
 * Which of the newest sequence numbers have been seen (RFC 4303 section 3.4.3), as a ring of bit blocks (RFC 6479).
 *
 * <p>Two steps, so that a forged packet moves nothing: {@link #precheck} before the ICV is verified, {@link #mark} after.
 * Sequence numbers are unsigned 64-bit; 0 is never valid. One owner thread; no allocation after construction.
 */
public final class ReplayWindow {
    /** The smallest window RFC 4303 allows. */
    public static final int MIN_PACKETS = 32;

    /** The largest window on offer. */
    public static final int MAX_PACKETS = 4096;

    /** What is used unless the configuration says otherwise. */
    public static final int DEFAULT_PACKETS = 1024;

    private final int sizePackets;
    private final long[] blocks;
    private final int blockMask;
    private long highest;

    /**
     * A window that has seen nothing.
     *
     * @throws IllegalArgumentException where the size is not {@link #MIN_PACKETS}..{@link #MAX_PACKETS}
     */
    public ReplayWindow(int sizePackets) {
        this(sizePackets, 0);
    }

    /**
     * A window that counts every number up to this one as seen.
     *
     * @param highest 0 for a window that has seen nothing
     * @throws IllegalArgumentException where the size is not {@link #MIN_PACKETS}..{@link #MAX_PACKETS}
     */
    public ReplayWindow(int sizePackets, long highest) {
        if (sizePackets < MIN_PACKETS || sizePackets > MAX_PACKETS) {
            throw new IllegalArgumentException(
                    "replay window of " + sizePackets + " packets is not " + MIN_PACKETS + ".." + MAX_PACKETS);
        }
        this.sizePackets = sizePackets;
        // A window that starts inside a block touches one block more than its size fills; a power of two makes a ring.
        int needed = (sizePackets + 63) / 64 + 1;
        this.blocks = new long[Integer.highestOneBit(2 * needed - 1)];
        this.blockMask = blocks.length - 1;
        this.highest = highest;
        if (highest != 0) {
            Arrays.fill(blocks, -1L);
            // Those above it share a block with it and are not seen.
            blocks[blockOf(highest)] = -1L >>> (63 - (highest & 63));
        }
    }

    /** How many sequence numbers the window spans, the highest included. */
    public int sizePackets() {
        return sizePackets;
    }

    /** The highest sequence number marked, 0 before the first. */
    public long highest() {
        return highest;
    }

    /** True where a packet with this number may still be accepted. Changes nothing. */
    public boolean precheck(long sequence) {
        if (Long.compareUnsigned(sequence, highest) > 0) {
            return true;
        }
        return !isBeforeWindow(sequence) && sequence != 0 && !isSeen(sequence);
    }

    /** True where the number is too old to tell whether it was seen. */
    public boolean isBeforeWindow(long sequence) {
        return Long.compareUnsigned(sequence, highest) <= 0
                && Long.compareUnsigned(highest - sequence, sizePackets) >= 0;
    }

    /** Records the number of an authentic packet for which {@link #precheck} was just true. */
    public void mark(long sequence) {
        if (Long.compareUnsigned(sequence, highest) > 0) {
            advance(sequence);
        }
        blocks[blockOf(sequence)] |= bitOf(sequence);
    }

    private void advance(long sequence) {
        long steps = (sequence >>> 6) - (highest >>> 6);
        int clear = (int) Math.min(steps, blocks.length);
        for (int i = 0; i < clear; i++) {
            blocks[(int) ((sequence >>> 6) - i) & blockMask] = 0;
        }
        highest = sequence;
    }

    private boolean isSeen(long sequence) {
        return (blocks[blockOf(sequence)] & bitOf(sequence)) != 0;
    }

    private int blockOf(long sequence) {
        return (int) (sequence >>> 6) & blockMask;
    }

    private static long bitOf(long sequence) {
        return 1L << (sequence & 63);
    }
}
