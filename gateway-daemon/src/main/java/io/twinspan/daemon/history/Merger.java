package io.twinspan.daemon.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes one sample of the seconds of a step, once the step is over. */
final class Merger {
    private final int stepSeconds;
    private final double[] sums = new double[Series.count()];
    private final int[] counts = new int[Series.count()];
    private final float[] largest = new float[Series.count()];
    private long step = Long.MIN_VALUE;
    private int worst;

    Merger(int stepSeconds) {
        this.stepSeconds = stepSeconds;
    }

    /** Takes a second; returns the step before it where this one begins a new step. */
    @Nullable
    TunnelSample take(TunnelSample sample) {
        long sampleStep = Math.floorDiv(sample.tick(), (long) stepSeconds);
        TunnelSample done = step == Long.MIN_VALUE || sampleStep == step ? null : merged();
        if (sampleStep != step) {
            step = sampleStep;
            Arrays.fill(sums, 0);
            Arrays.fill(counts, 0);
            worst = sample.state();
        }
        for (int series = 0; series < sums.length; series++) {
            float value = sample.values()[series];
            if (!Float.isNaN(value)) {
                largest[series] = counts[series] == 0 ? value : Math.max(largest[series], value);
                sums[series] += value;
                counts[series]++;
            }
        }
        worst = Math.max(worst, sample.state());
        return done;
    }

    private TunnelSample merged() {
        float[] values = new float[sums.length];
        for (int series = 0; series < values.length; series++) {
            values[series] = counts[series] == 0
                    ? Float.NaN
                    : switch (Series.at(series).merge()) {
                        case MEAN -> (float) (sums[series] / counts[series]);
                        case LARGEST -> largest[series];
                    };
        }
        return new TunnelSample(step, values, worst);
    }
}
