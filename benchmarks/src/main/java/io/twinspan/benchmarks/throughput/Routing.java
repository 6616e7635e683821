package io.twinspan.benchmarks.throughput;

import java.nio.file.Path;

/** No tunnel at all: the kernels route. */
final class Routing implements Gateways {
    @Override
    public String missing() {
        return "";
    }

    @Override
    public String version() {
        return "Linux " + TextFiles.read(Path.of("/proc/sys/kernel/osrelease")).strip();
    }

    @Override
    public void start(BenchTopology topology, GatewayPair pair, Path folder) {
        topology.routeDirectly();
    }
}
