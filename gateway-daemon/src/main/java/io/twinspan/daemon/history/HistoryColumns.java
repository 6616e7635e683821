package io.twinspan.daemon.history;

/**
 * Samples of a tunnel at equal steps. Copies: they may travel to other threads.
 *
 * @param columns a column for each {@link Series}, oldest first; {@code NaN} where a number is not known
 * @param states as in {@link TunnelReading}; {@link TunnelSample#NO_STATE} where there is no sample
 */
public record HistoryColumns(float[][] columns, byte[] states) {
    /** One column. */
    public float[] column(Series series) {
        return columns[series.index()];
    }
}
