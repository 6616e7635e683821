package io.twinspan.benchmarks.gateway;

import io.twinspan.benchmarks.throughput.TextFiles;
import io.twinspan.daemon.lab.LabNamespace;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Two gateways with a cable between them; each is its own host, with an address in every connection's network. */
public final class PairTopology implements AutoCloseable {
    private static final String OUTSIDE_DEVICE = "wan0";
    private static final int OUTSIDE_PREFIX_LENGTH = 16;

    private final LabNamespace gatewayA = LabNamespace.create("gateway-a");
    private final LabNamespace gatewayB = LabNamespace.create("gateway-b");

    /** Builds it; the addresses are written to a file in the folder on the way. */
    public PairTopology(PairPlan plan, Path folder) {
        gatewayA.connect(OUTSIDE_DEVICE, gatewayB, OUTSIDE_DEVICE);
        addAll(gatewayA, List.of(PairPlan.OUTSIDE_A), OUTSIDE_PREFIX_LENGTH, OUTSIDE_DEVICE, folder);
        addAll(gatewayB, plan.outsideB(), OUTSIDE_PREFIX_LENGTH, OUTSIDE_DEVICE, folder);
        addAll(gatewayA, hosts(plan, true), Integer.SIZE, "lo", folder);
        addAll(gatewayB, hosts(plan, false), Integer.SIZE, "lo", folder);
    }

    /** Where A and its hosts live. */
    public LabNamespace gatewayA() {
        return gatewayA;
    }

    /** Where B and its hosts live. */
    public LabNamespace gatewayB() {
        return gatewayB;
    }

    private static List<String> hosts(PairPlan plan, boolean sideA) {
        return IntStream.range(0, plan.connections())
                .mapToObj(connection -> sideA ? plan.hostA(connection) : plan.hostB(connection))
                .toList();
    }

    private static void addAll(
            LabNamespace namespace, List<String> addresses, int prefixLength, String device, Path folder) {
        Path batch =
                TextFiles.write(folder.resolve("addresses"), PairPlan.addAddresses(addresses, prefixLength, device));
        namespace.run("ip", "-batch", batch.toString());
    }

    @Override
    public void close() {
        gatewayA.close();
        gatewayB.close();
    }
}
