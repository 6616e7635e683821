package io.twinspan.benchmarks.throughput;

import java.util.ArrayList;
import java.util.List;

/** Two running gateways, each one process or none, and what must end with them. Ends them in reverse order of their start. */
final class GatewayPair implements AutoCloseable {
    private final List<Process> gatewaysA = new ArrayList<>();
    private final List<Process> gatewaysB = new ArrayList<>();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    /** Names a process of the gateway on host A's side, which sends when traffic goes forward. */
    void addA(Process process) {
        gatewaysA.add(process);
        toClose.add(() -> Processes.end(process));
    }

    /** Names a process of the gateway on host B's side. */
    void addB(Process process) {
        gatewaysB.add(process);
        toClose.add(() -> Processes.end(process));
    }

    /** What both gateway processes have used by now. */
    PairUsage usage() {
        return new PairUsage(ProcessUsage.of(gatewaysA), ProcessUsage.of(gatewaysB));
    }

    /** A process that ended by itself, which none should. */
    boolean hasDied() {
        return !gatewaysA.stream().allMatch(Process::isAlive)
                || !gatewaysB.stream().allMatch(Process::isAlive);
    }

    @Override
    public void close() {
        for (AutoCloseable closeable : toClose.reversed()) {
            Processes.close(closeable);
        }
        toClose.clear();
    }

    /** Both sides' use of the machine. */
    record PairUsage(ProcessUsage a, ProcessUsage b) {
        /** What was used between an earlier reading and this one; memory as it is now. */
        PairUsage since(PairUsage earlier) {
            return new PairUsage(a.since(earlier.a), b.since(earlier.b));
        }

        /** CPU of both gateways. */
        double cpuSeconds() {
            return a.cpuSeconds() + b.cpuSeconds();
        }

        /** Memory of the larger gateway. */
        double residentMebibytes() {
            return Math.max(a.residentMebibytes(), b.residentMebibytes());
        }
    }
}
