package io.twinspan.daemon.history;

import java.util.Arrays;

/**
 * The last samples of a tunnel at equal steps, a column for each series. A step without a sample is a hole. Memory is taken
 * as samples come, up to 29 octets times the capacity.
 */
final class SampleRing {
    private static final int FIRST_CAPACITY = 64;

    private final int capacity;
    private float[][] columns;
    private byte[] states;
    private long firstTick = Long.MAX_VALUE;
    private long lastTick = Long.MIN_VALUE;

    SampleRing(int capacity) {
        this.capacity = capacity;
        this.columns = new float[Series.count()][0];
        this.states = new byte[0];
    }

    /** True where no sample has come yet. */
    boolean isEmpty() {
        return lastTick == Long.MIN_VALUE;
    }

    /** The oldest tick that is kept; only where there is one. */
    long firstTick() {
        return Math.max(firstTick, lastTick - capacity + 1);
    }

    /** The newest tick; only where there is one. */
    long lastTick() {
        return lastTick;
    }

    /** Keeps a sample; ticks that were left out become holes, a tick that has passed is ignored. */
    void add(TunnelSample sample) {
        long tick = sample.tick();
        if (!isEmpty() && tick <= lastTick) {
            return;
        }
        if (isEmpty()) {
            firstTick = tick;
            lastTick = tick - 1;
        }
        grow(tick - firstTick + 1);
        // A hole longer than the ring needs no more than one round.
        for (long hole = Math.max(lastTick + 1, tick - capacity + 1); hole < tick; hole++) {
            clear(place(hole));
        }
        lastTick = tick;
        int place = place(tick);
        for (int series = 0; series < columns.length; series++) {
            columns[series][place] = sample.values()[series];
        }
        states[place] = (byte) sample.state();
    }

    /** A series from one tick on, {@code NaN} where there is no sample. */
    float[] column(Series series, long fromTick, int count) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            long tick = fromTick + i;
            out[i] = has(tick) ? columns[series.index()][place(tick)] : Float.NaN;
        }
        return out;
    }

    /** States from one tick on. */
    byte[] states(long fromTick, int count) {
        byte[] out = new byte[count];
        for (int i = 0; i < count; i++) {
            long tick = fromTick + i;
            out[i] = has(tick) ? states[place(tick)] : TunnelSample.NO_STATE;
        }
        return out;
    }

    /** Memory that the samples take. */
    long octets() {
        return (long) states.length * (columns.length * Float.BYTES + Byte.BYTES);
    }

    private boolean has(long tick) {
        return !isEmpty() && tick >= firstTick() && tick <= lastTick;
    }

    private void clear(int place) {
        for (float[] column : columns) {
            column[place] = Float.NaN;
        }
        states[place] = TunnelSample.NO_STATE;
    }

    /** Until the first round is over, places and ticks since the first one are the same, so growing is copying. */
    private void grow(long needed) {
        int now = states.length;
        if (needed <= now || now == capacity) {
            return;
        }
        long wanted = Math.max(needed, Math.max(FIRST_CAPACITY, now + (long) now / 2));
        int length = (int) Math.min(capacity, wanted);
        for (int series = 0; series < columns.length; series++) {
            columns[series] = Arrays.copyOf(columns[series], length);
        }
        states = Arrays.copyOf(states, length);
    }

    private int place(long tick) {
        return (int) ((tick - firstTick) % capacity);
    }
}
