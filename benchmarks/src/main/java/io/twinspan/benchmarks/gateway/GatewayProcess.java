package io.twinspan.benchmarks.gateway;

import io.twinspan.benchmarks.throughput.BenchException;
import io.twinspan.benchmarks.throughput.ProcessUsage;
import io.twinspan.benchmarks.throughput.Processes;
import io.twinspan.benchmarks.throughput.TextFiles;
import io.twinspan.benchmarks.throughput.Waiting;
import io.twinspan.daemon.lab.LabNamespace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A daemon started as an operator starts it, in a network namespace. */
public final class GatewayProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final Instant startedAt;
    private final GatewayControl control;

    private GatewayProcess(Process process, Path log, Instant startedAt, GatewayControl control) {
        this.process = process;
        this.log = log;
        this.startedAt = startedAt;
        this.control = control;
    }

    /**
     * Starts a daemon; it may not answer yet.
     *
     * @param launcher the {@code twinspan} script
     * @param folder where configuration, log and socket go, under the name
     * @param environment assignments such as {@code NAME=value}
     */
    public static GatewayProcess start(
            LabNamespace namespace,
            Path launcher,
            Path folder,
            String name,
            String configuration,
            List<String> environment) {
        Path file = TextFiles.write(folder.resolve(name + ".yaml"), configuration);
        Path socket = folder.resolve(name + ".sock");
        List<String> command =
                List.of(launcher.toString(), "run", "--config", file.toString(), "--socket", socket.toString());
        Path log = folder.resolve(name + ".log");
        Instant now = Instant.now();
        Process process = namespace.startProcess(command, log, environment);
        return new GatewayProcess(process, log, now, new GatewayControl(socket));
    }

    /** When it was started. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Its control socket. */
    public GatewayControl control() {
        return control;
    }

    /**
     * What it says of itself, once it answers.
     *
     * @throws BenchException where it has ended or does not answer
     */
    public GatewayView view() {
        return find().orElseThrow(() -> new BenchException("a gateway does not answer"));
    }

    /**
     * Waits until that many tunnels could carry traffic.
     *
     * @throws BenchException where they do not in time, or it has ended
     */
    public void awaitTunnels(int tunnels, long seconds) {
        Waiting.until(
                seconds,
                "a gateway has " + tunnels + " tunnels up",
                () -> find().stream().anyMatch(view -> view.usableTunnels() >= tunnels));
    }

    private Optional<GatewayView> find() {
        if (!process.isAlive()) {
            throw new BenchException("a gateway has ended; its log says:\n" + TextFiles.read(log));
        }
        return control.view();
    }

    /** CPU time and memory by now. */
    public ProcessUsage usage() {
        return ProcessUsage.of(List.of(process));
    }

    /** Octets of heap in use after a full collection, in MiB; the collection stops the daemon for some milliseconds. */
    public double liveHeapMebibytes() {
        return HeapInfo.liveMebibytes(process.pid());
    }

    /** Ends it at once, as a crash does, SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        Processes.end(process);
    }
}
