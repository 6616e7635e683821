package io.twinspan.benchmarks.throughput;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** One candidate in one round: fresh namespaces, gateways up, warmed up, measured, taken down. */
final class CandidateRun {
    private static final long UP_SECONDS = 60;

    private final Candidate candidate;
    private final Extent extent;
    private final Function<Measure, RateSearch> searches;
    private final BiConsumer<Measure, Double> sink;

    /**
     * A run that gives each value it measured to the sink.
     *
     * @param extent how long and how much
     * @param searches where to look for a rate
     */
    CandidateRun(
            Candidate candidate,
            Extent extent,
            Function<Measure, RateSearch> searches,
            BiConsumer<Measure, Double> sink) {
        this.candidate = candidate;
        this.extent = extent;
        this.searches = searches;
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
            candidate.gateways().start(topology, pair, folder);
            Waiting.until(UP_SECONDS, "packets pass between the hosts", () -> passes(topology, pair));
            measureTcp(topology, pair, folder);
            measureUdp(topology, pair, 64, Measure.UDP_64_RATE, Measure.UDP_64_CPU, Measure.GENERATOR_64);
            measureUdp(topology, pair, 1400, Measure.UDP_1400_RATE, Measure.UDP_1400_CPU, Measure.GENERATOR_1400);
            record(Measure.RESIDENT, pair.usage().residentMebibytes());
            if (pair.hasDied()) {
                throw new BenchException("a gateway ended by itself");
            }
        }
    }

    private void measureTcp(BenchTopology topology, GatewayPair pair, Path folder) {
        try (Iperf iperf = Iperf.start(topology, folder)) {
            iperf.run(1, false, Extent.WARM_UP_SECONDS);
            if (extent.wants(candidate, Measure.PING_IDLE_P99)) {
                measurePingIdle(topology, folder);
            }
            measureOneStream(iperf, pair);
            if (extent.wants(candidate, Measure.PING_LOADED_P99)) {
                measurePingLoaded(topology, iperf, folder);
            } else {
                measureStreams(iperf, Measure.TCP_4, 4, false);
            }
            measureStreams(iperf, Measure.TCP_1_REVERSE, 1, true);
            measureStreams(iperf, Measure.TCP_4_REVERSE, 4, true);
        }
    }

    private void measureOneStream(Iperf iperf, GatewayPair pair) {
        GatewayPair.PairUsage before = pair.usage();
        IperfResult result = iperf.run(1, false, extent.seconds());
        GatewayPair.PairUsage used = pair.usage().since(before);
        record(Measure.TCP_1, result.megabitsPerSecond());
        record(Measure.CPU_PER_GIB, used.cpuSeconds() / result.gibibytes());
        record(Measure.CPU_PER_GIB_SENDER, used.a().cpuSeconds() / result.gibibytes());
        record(Measure.CPU_PER_GIB_RECEIVER, used.b().cpuSeconds() / result.gibibytes());
    }

    private void measureStreams(Iperf iperf, Measure measure, int streams, boolean reverse) {
        if (extent.wants(candidate, measure)) {
            record(measure, iperf.run(streams, reverse, extent.seconds()).megabitsPerSecond());
        }
    }

    private void measurePingIdle(BenchTopology topology, Path folder) {
        try (Ping ping = Ping.start(topology, folder, "idle", Extent.IDLE_PINGS)) {
            PingResult result = ping.await();
            record(Measure.PING_IDLE_P50, result.p50());
            record(Measure.PING_IDLE_P99, result.p99());
        }
    }

    private void measurePingLoaded(BenchTopology topology, Iperf iperf, Path folder) {
        try (Ping ping = Ping.start(topology, folder, "loaded", Ping.during(extent.seconds()))) {
            measureStreams(iperf, Measure.TCP_4, 4, false);
            PingResult result = ping.await();
            record(Measure.PING_LOADED_P50, result.p50());
            record(Measure.PING_LOADED_P99, result.p99());
        }
    }

    private void measureUdp(
            BenchTopology topology, GatewayPair pair, int octets, Measure rate, Measure cpu, Measure generator) {
        UdpMeasurement measurement = new UdpMeasurement(topology, pair, octets);
        if (extent.wants(candidate, generator)) {
            record(generator, measurement.generatorAlone());
        }
        if (extent.wants(candidate, rate)) {
            UdpMeasurement.Result result = measurement.search(searches.apply(rate));
            record(rate, result.packetsPerSecond());
            record(cpu, result.cpuSecondsPerMillion());
        }
    }

    private void record(Measure measure, double value) {
        if (extent.wants(candidate, measure)) {
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
