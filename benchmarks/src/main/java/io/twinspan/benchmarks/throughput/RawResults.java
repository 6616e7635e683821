package io.twinspan.benchmarks.throughput;

/** Every value of a run as comma-separated values, for other programs. */
final class RawResults {
    private static final String HEAD = "mode,candidate,round,measure,value\n";

    private RawResults() {}

    static String csv(Results results) {
        StringBuilder text = new StringBuilder(HEAD);
        for (Results.Sample sample : results.samples()) {
            text.append(String.join(
                            ",",
                            sample.mode().word(),
                            sample.candidate(),
                            Integer.toString(sample.round()),
                            sample.measure().id(),
                            Double.toString(sample.value())))
                    .append('\n');
        }
        return text.toString();
    }
}
