package io.twinspan.daemon.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One tunnel's past: seconds of an hour, and tens of seconds of a day. */
public final class TunnelHistory {
    /** Seconds over which loss is counted: at rest a probe leaves once a second. */
    static final int LOSS_SECONDS = 10;

    private static final double SECOND_NANOS = 1e9;
    private static final float MICRO_NANOS = 1_000f;

    private final SampleRing fine = new SampleRing(HistoryRange.HOUR.samples());
    private final SampleRing coarse = new SampleRing(HistoryRange.DAY.samples());
    private final Merger merger = new Merger(HistoryRange.DAY.stepSeconds());
    private final long[] judged = new long[LOSS_SECONDS];
    private final long[] lost = new long[LOSS_SECONDS];
    private int readings;
    private @Nullable TunnelReading last;
    private @Nullable TunnelSample latest;

    /** The second of the monotonic clock that an instant is in. */
    public static long secondOf(long nanos) {
        return Math.floorDiv(nanos, (long) SECOND_NANOS);
    }

    /** Takes a reading; what flows is known from the second one on. */
    public void take(TunnelReading reading) {
        TunnelReading before = last;
        long second = secondOf(reading.atNanos());
        if (before != null && second <= secondOf(before.atNanos())) {
            return;
        }
        last = reading;
        float[] values = new float[Series.count()];
        Arrays.fill(values, Float.NaN);
        flow(values, before, reading);
        path(values, reading);
        TunnelSample sample = new TunnelSample(second, values, reading.state());
        latest = sample;
        fine.add(sample);
        TunnelSample merged = merger.take(sample);
        if (merged != null) {
            coarse.add(merged);
        }
    }

    /** The newest sample; null before the first. */
    public @Nullable TunnelSample latest() {
        return latest;
    }

    /** The first step of a range that is kept, by now; {@code Long.MAX_VALUE} where nothing is. */
    public long firstStep(HistoryRange range) {
        SampleRing ring = ring(range);
        return ring.isEmpty() ? Long.MAX_VALUE : Math.max(ring.firstTick(), ring.lastTick() - range.samples() + 1);
    }

    /** The last step of a range; {@code Long.MIN_VALUE} where nothing is kept. */
    public long lastStep(HistoryRange range) {
        SampleRing ring = ring(range);
        return ring.isEmpty() ? Long.MIN_VALUE : ring.lastTick();
    }

    /** Samples from a step on. */
    public HistoryColumns columns(HistoryRange range, long fromStep, int count) {
        SampleRing ring = ring(range);
        float[][] columns = new float[Series.count()][];
        for (int series = 0; series < columns.length; series++) {
            columns[series] = ring.column(Series.at(series), fromStep, count);
        }
        return new HistoryColumns(columns, ring.states(fromStep, count));
    }

    /** Memory that the samples take. */
    long octets() {
        return fine.octets() + coarse.octets();
    }

    private SampleRing ring(HistoryRange range) {
        return range.stepSeconds() == 1 ? fine : coarse;
    }

    private static void flow(float[] values, @Nullable TunnelReading before, TunnelReading now) {
        if (before == null) {
            return;
        }
        double seconds = (now.atNanos() - before.atNanos()) / SECOND_NANOS;
        set(values, Series.BYTES_IN, (now.bytesIn() - before.bytesIn()) / seconds);
        set(values, Series.BYTES_OUT, (now.bytesOut() - before.bytesOut()) / seconds);
        set(values, Series.PACKETS_IN, (now.packetsIn() - before.packetsIn()) / seconds);
        set(values, Series.PACKETS_OUT, (now.packetsOut() - before.packetsOut()) / seconds);
    }

    /** Without an answer in the window the round trips are old, and without a probe the loss is not known. */
    private void path(float[] values, TunnelReading now) {
        int place = readings % LOSS_SECONDS;
        long judgedThen = readings < LOSS_SECONDS ? judged[0] : judged[place];
        long lostThen = readings < LOSS_SECONDS ? lost[0] : lost[place];
        boolean first = readings == 0;
        judged[place] = now.probesJudged();
        lost[place] = now.probesLost();
        readings = readings + 1 == 2 * LOSS_SECONDS ? LOSS_SECONDS : readings + 1;
        long probes = first ? 0 : now.probesJudged() - judgedThen;
        // An answer that comes after all takes a loss back, perhaps one from before the window.
        long missed = Math.max(0, first ? 0 : now.probesLost() - lostThen);
        if (probes > 0) {
            set(values, Series.LOSS, Math.min(1, (double) missed / probes));
        }
        if (probes > missed) {
            values[Series.MEDIAN_MICROS.index()] = now.medianNanos() / MICRO_NANOS;
            values[Series.P95_MICROS.index()] = now.p95Nanos() / MICRO_NANOS;
        }
    }

    private static void set(float[] values, Series series, double value) {
        values[series.index()] = (float) Math.max(0, value);
    }
}
