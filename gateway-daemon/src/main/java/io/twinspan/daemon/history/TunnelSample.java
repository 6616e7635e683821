package io.twinspan.daemon.history;

/**
 * One sample of a tunnel.
 *
 * @param tick seconds, or steps, of the monotonic clock
 * @param values by {@link Series}; not to be written to
 * @param state as in {@link TunnelReading}; {@link #NO_STATE} where there is no sample
 */
public record TunnelSample(long tick, float[] values, int state) {
    /** In place of a state. */
    public static final int NO_STATE = -1;

    /** One number of it; {@code NaN} where it is not known. */
    public float value(Series series) {
        return values[series.index()];
    }
}
