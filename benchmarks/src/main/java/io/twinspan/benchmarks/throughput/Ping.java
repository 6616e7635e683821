package io.twinspan.benchmarks.throughput;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A hundred pings a second from host A to host B, in the background. */
final class Ping implements AutoCloseable {
    /** Asking for 10 ms gives one each 16 ms on some kernels; this gives about 100 a second. */
    private static final String INTERVAL_SECONDS = "0.006";

    private static final int PER_SECOND = 100;
    private static final int SLACK = 4;

    private final Process process;
    private final Path log;
    private final int count;

    private Ping(Process process, Path log, int count) {
        this.process = process;
        this.log = log;
        this.count = count;
    }

    static Ping start(BenchTopology topology, Path folder, String name, int count) {
        Path log = folder.resolve("ping-" + name + ".log");
        List<String> command = List.of(
                "ping", "-n", "-i", INTERVAL_SECONDS, "-c", Integer.toString(count), "-W", "1", BenchTopology.HOST_B);
        return new Ping(topology.hostA().startProcess(command, log, List.of()), log, count);
    }

    /** How many fit into a time. */
    static int during(int seconds) {
        return seconds * PER_SECOND;
    }

    /** Waits until all are sent. */
    PingResult await() {
        try {
            if (!process.waitFor((long) count / PER_SECOND * SLACK + SLACK, TimeUnit.SECONDS)) {
                throw new BenchException("ping did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
        return PingResult.parse(TextFiles.read(log));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
