package io.twinspan.benchmarks.throughput;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** Round trips of pings, in microseconds. A ping without an answer counts as one second, so that loss is not hidden. */
record PingResult(double p50, double p99) {
    private static final double LOST_MICROS = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final Pattern TIME = Pattern.compile("time=([0-9.]+) ms");
    private static final Pattern SENT = Pattern.compile("(\\d+) packets transmitted");

    /**
     * Reads what {@code ping} printed.
     *
     * @throws BenchException where no ping was sent
     */
    static PingResult parse(String output) {
        double[] answered = TIME.matcher(output)
                .results()
                .mapToDouble(result -> Double.parseDouble(result.group(1)) * MICROS_PER_MILLI)
                .toArray();
        Matcher sent = SENT.matcher(output);
        if (!sent.find() || Integer.parseInt(sent.group(1)) == 0) {
            throw new BenchException("ping sent nothing: " + output.strip());
        }
        int lost = Math.max(0, Integer.parseInt(sent.group(1)) - answered.length);
        double[] all = DoubleStream.concat(
                        DoubleStream.of(answered),
                        DoubleStream.generate(() -> LOST_MICROS).limit(lost))
                .toArray();
        return new PingResult(Summary.percentile(all, 50), Summary.percentile(all, 99));
    }
}
