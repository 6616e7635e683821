package io.twinspan.benchmarks.throughput;

import io.twinspan.daemon.lab.LabNamespace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** TCP between the hosts, by iperf3: a server on host B, clients on host A. */
final class Iperf implements AutoCloseable {
    private static final long START_SECONDS = 5;
    private static final String PORT = "5201";

    private final LabNamespace client;
    private final Process server;

    private Iperf(LabNamespace client, Process server) {
        this.client = client;
        this.server = server;
    }

    /** Starts the server and waits until it listens. */
    static Iperf start(BenchTopology topology, Path folder) {
        Process server = topology.hostB()
                .startProcess(
                        List.of("iperf3", "--server", "--port", PORT), folder.resolve("iperf3-server.log"), List.of());
        Waiting.until(
                START_SECONDS,
                "iperf3 listens",
                () -> topology.hostB()
                        .run("ss", "--tcp", "--listening", "--numeric", "--no-header")
                        .contains(":" + PORT));
        return new Iperf(topology.hostA(), server);
    }

    /**
     * One run, from host A to host B.
     *
     * @param reverse true sends from host B to host A
     */
    IperfResult run(int streams, boolean reverse, int seconds) {
        List<String> command = new ArrayList<>(List.of(
                "iperf3",
                "--client",
                BenchTopology.HOST_B,
                "--port",
                PORT,
                "--time",
                Integer.toString(seconds),
                "--parallel",
                Integer.toString(streams),
                "--json",
                "--connect-timeout",
                "3000"));
        if (reverse) {
            command.add("--reverse");
        }
        return IperfResult.parse(client.tryRun(command.toArray(String[]::new)).output());
    }

    @Override
    public void close() {
        Processes.end(server);
    }
}
