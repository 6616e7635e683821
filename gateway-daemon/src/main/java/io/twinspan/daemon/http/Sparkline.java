package io.twinspan.daemon.http;

/** A row of small bars: what a number was in the last minute. */
final class Sparkline {
    static final int WIDTH = 60;

    private static final String BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    private Sparkline() {}

    /** The newest values, the last one at the right; a blank for what is not known, the lowest bar for nothing. */
    static String of(float[] values) {
        int from = Math.max(0, values.length - WIDTH);
        float largest = 0;
        for (int i = from; i < values.length; i++) {
            largest = Float.isNaN(values[i]) ? largest : Math.max(largest, values[i]);
        }
        StringBuilder out = new StringBuilder(" ".repeat(WIDTH - (values.length - from)));
        for (int i = from; i < values.length; i++) {
            out.append(Float.isNaN(values[i]) ? ' ' : bar(values[i], largest));
        }
        return out.toString();
    }

    private static char bar(float value, float largest) {
        if (largest <= 0) {
            return BARS.charAt(0);
        }
        int height = (int) Math.ceil(Math.max(0, value) / largest * (BARS.length() - 1));
        return BARS.charAt(Math.min(BARS.length() - 1, height));
    }
}
