package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.gateway.GatewayProcess;
import io.twinspan.benchmarks.gateway.GatewayView;
import io.twinspan.benchmarks.throughput.BenchException;
import io.twinspan.daemon.lab.LabTopology;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Twinspan as the customer gateway, in a process of its own, with its defaults. */
final class TwinspanGateway implements CustomerGateway {
    private static final long START_SECONDS = 60;

    private final GatewayProcess process;

    /** @param more further lines of the connection's configuration */
    TwinspanGateway(LabTopology topology, Path launcher, Path folder, String more) {
        process =
                GatewayProcess.start(topology.gateway(), launcher, folder, "gateway", RigPlan.gateway(more), List.of());
        try {
            process.awaitTunnels(2, START_SECONDS);
        } catch (BenchException e) {
            process.close();
            throw e;
        }
    }

    /**
     * Rekeys an SA of a tunnel.
     *
     * @param sa {@code esp} or {@code ike}
     * @throws BenchException where it is refused
     */
    void rekey(int tunnel, String sa) {
        process.control().order("/v1/rekey?connection=" + RigPlan.CONNECTION + "&tunnel=" + tunnel + "&sa=" + sa);
    }

    @Override
    public String description() {
        return "Twinspan";
    }

    @Override
    public boolean ready() {
        return process.control().view().filter(GatewayView::redundant).isPresent();
    }

    @Override
    public boolean canSwitch() {
        return true;
    }

    @Override
    public void switchTo(int tunnel) {
        process.control().order("/v1/switch?connection=" + RigPlan.CONNECTION + "&tunnel=" + tunnel);
    }

    @Override
    public void renew(int tunnel) {
        String target = "?connection=" + RigPlan.CONNECTION + "&tunnel=" + tunnel;
        process.control().order("/v1/down" + target);
        process.control().order("/v1/up" + target);
    }

    @Override
    public Story storySince(Instant start) {
        return new Story(
                start,
                process.control().events(0).stream()
                        .filter(event -> !at(event).isBefore(start))
                        .toList());
    }

    private static Instant at(JsonNode event) {
        return Instant.parse(event.path("time").asString());
    }

    @Override
    public void close() {
        process.close();
    }
}
