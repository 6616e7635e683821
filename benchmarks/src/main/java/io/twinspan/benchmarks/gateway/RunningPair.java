package io.twinspan.benchmarks.gateway;

import io.twinspan.benchmarks.throughput.Processes;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Two gateways with all their tunnels up. */
public final class RunningPair implements AutoCloseable {
    private static final long START_SECONDS = 120;

    private final PairTopology topology;
    private final GatewayProcess a;
    private final GatewayProcess b;

    private RunningPair(PairTopology topology, GatewayProcess a, GatewayProcess b) {
        this.topology = topology;
        this.a = a;
        this.b = b;
    }

    /**
     * Starts B, which answers, then A, which begins.
     *
     * @param environment for the gateway of a name, {@code a} or {@code b}
     */
    public static RunningPair start(
            PairPlan plan, Path launcher, Path folder, Function<String, List<String>> environment) {
        plan.writeKeys(folder);
        PairTopology topology = new PairTopology(plan, folder);
        GatewayProcess b = GatewayProcess.start(
                topology.gatewayB(), launcher, folder, "b", plan.configurationB(), environment.apply("b"));
        b.awaitTunnels(0, START_SECONDS);
        GatewayProcess a = GatewayProcess.start(
                topology.gatewayA(), launcher, folder, "a", plan.configurationA(), environment.apply("a"));
        a.awaitTunnels(plan.tunnels(), START_SECONDS);
        return new RunningPair(topology, a, b);
    }

    /** Where the gateways and their hosts live. */
    public PairTopology topology() {
        return topology;
    }

    /** The gateway that began. */
    public GatewayProcess a() {
        return a;
    }

    /** The gateway that answered. */
    public GatewayProcess b() {
        return b;
    }

    @Override
    public void close() {
        Processes.close(a);
        Processes.close(b);
        topology.close();
    }
}
