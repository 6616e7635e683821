package io.twinspan.benchmarks.throughput;

import java.nio.file.Path;
import java.util.function.BiConsumer;

/** One candidate in one round: fresh namespaces, gateways up, warmed up, measured, taken down. */
final class CandidateRun {
    private static final long UP_SECONDS = 20;

    private final Candidate candidate;
    private final Extent extent;
    private final BiConsumer<Measure, Double> sink;

    /**
     * A run that gives each value it measured to the sink.
     *
     * @param extent how long and how much
     */
    CandidateRun(Candidate candidate, Extent extent, BiConsumer<Measure, Double> sink) {
        this.candidate = candidate;
        this.extent = extent;
        this.sink = sink;
    }

    /**
     * Measures everything.
     *
     * @throws BenchException or LabException where a gateway did not come up or a tool failed
     */
    void run(Mode mode, Path folder) {
        try (BenchTopology topology = new BenchTopology(mode);
                GatewayPair pair = new GatewayPair()) {
            candidate.starter().start(topology, pair, folder);
            Waiting.until(UP_SECONDS, "packets pass between the hosts", () -> passes(topology, pair));
            try (Iperf iperf = Iperf.start(topology, folder)) {
                iperf.run(1, false, Extent.WARM_UP_SECONDS);
                measureTcp(iperf, pair);
            }
            record(Measure.RESIDENT, pair.usage().residentMebibytes());
            if (pair.hasDied()) {
                throw new BenchException("a gateway ended by itself");
            }
        }
    }

    private void measureTcp(Iperf iperf, GatewayPair pair) {
        GatewayPair.PairUsage before = pair.usage();
        IperfResult result = iperf.run(1, false, extent.seconds());
        GatewayPair.PairUsage used = pair.usage().since(before);
        record(Measure.TCP_1, result.megabitsPerSecond());
        record(Measure.CPU_PER_GIB, used.cpuSeconds() / result.gibibytes());
        record(Measure.CPU_PER_GIB_SENDER, used.a().cpuSeconds() / result.gibibytes());
        record(Measure.CPU_PER_GIB_RECEIVER, used.b().cpuSeconds() / result.gibibytes());
        recordTcp(iperf, Measure.TCP_4, 4, false);
        recordTcp(iperf, Measure.TCP_1_REVERSE, 1, true);
        recordTcp(iperf, Measure.TCP_4_REVERSE, 4, true);
    }

    private void recordTcp(Iperf iperf, Measure measure, int streams, boolean reverse) {
        if (wants(measure)) {
            record(measure, iperf.run(streams, reverse, extent.seconds()).megabitsPerSecond());
        }
    }

    private boolean wants(Measure measure) {
        return extent.measures().contains(measure) && candidate.measures().contains(measure);
    }

    private void record(Measure measure, double value) {
        if (wants(measure)) {
            sink.accept(measure, value);
        }
    }

    private static boolean passes(BenchTopology topology, GatewayPair pair) {
        if (pair.hasDied()) {
            throw new BenchException("a gateway ended by itself");
        }
        return topology.hostA()
                        .tryRun("ping", "-n", "-q", "-c", "1", "-W", "1", BenchTopology.HOST_B)
                        .exitCode()
                == 0;
    }
}
