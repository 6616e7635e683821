package io.twinspan.benchmarks.soak;

import io.twinspan.benchmarks.gateway.PairPlan;
import io.twinspan.benchmarks.gateway.RunningPair;
import io.twinspan.benchmarks.throughput.BenchException;
import io.twinspan.benchmarks.throughput.Processes;
import io.twinspan.benchmarks.throughput.TextFiles;
import io.twinspan.benchmarks.throughput.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** iperf3 in both directions at once, as fast as it goes. */
final class TcpLoad implements AutoCloseable {
    private static final long START_SECONDS = 5;
    private static final long GRACE_SECONDS = 20;
    private static final double BITS_PER_GIGABIT = 1e9;

    private final Path output;
    private final Process server;
    private final Process client;

    /** Starts server and client. */
    TcpLoad(RunningPair pair, PairPlan plan, Path folder, int seconds) {
        output = folder.resolve("iperf3-client.json");
        server = pair.topology()
                .gatewayB()
                .startProcess(
                        List.of("iperf3", "--server", "--bind", plan.hostB(0), "--one-off"),
                        folder.resolve("iperf3-server.log"),
                        List.of());
        Waiting.until(
                START_SECONDS,
                "iperf3 listens",
                () -> pair.topology()
                        .gatewayB()
                        .run("ss", "--tcp", "--listening", "--numeric", "--no-header")
                        .contains(":5201"));
        client = pair.topology()
                .gatewayA()
                .startProcess(
                        List.of(
                                "iperf3",
                                "--client",
                                plan.hostB(0),
                                "--bind",
                                plan.hostA(0),
                                "--bidir",
                                "--json",
                                "--time",
                                Integer.toString(seconds)),
                        output,
                        List.of());
    }

    boolean isRunning() {
        return client.isAlive();
    }

    /** Waits for the end and says what was moved. */
    Result await() {
        try {
            if (!client.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                throw new BenchException("iperf3 does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Result.parse(TextFiles.read(output));
    }

    @Override
    public void close() {
        Processes.end(client);
        Processes.end(server);
    }

    /**
     * What iperf3 says.
     *
     * @param gigabitsForward from A to B
     * @param gigabitsBack from B to A, at the same time
     * @param retransmits of both senders
     */
    record Result(double gigabitsForward, double gigabitsBack, long retransmits) {
        /** @throws BenchException where iperf3 failed or this is not its output */
        static Result parse(String json) {
            JsonNode root;
            try {
                root = JsonMapper.shared().readTree(json);
            } catch (JacksonException e) {
                throw new BenchException("iperf3 gave no JSON: " + json);
            }
            JsonNode end = root.path("end");
            if (!end.has("sum_received_bidir_reverse")) {
                throw new BenchException(
                        "iperf3: " + root.path("error").asString("it gave no sums of both directions"));
            }
            return new Result(
                    end.path("sum_received").path("bits_per_second").asDouble() / BITS_PER_GIGABIT,
                    end.path("sum_received_bidir_reverse")
                                    .path("bits_per_second")
                                    .asDouble()
                            / BITS_PER_GIGABIT,
                    end.path("sum_sent").path("retransmits").asLong()
                            + end.path("sum_sent_bidir_reverse")
                                    .path("retransmits")
                                    .asLong());
        }
    }
}
