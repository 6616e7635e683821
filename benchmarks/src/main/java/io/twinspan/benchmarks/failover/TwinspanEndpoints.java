package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.gateway.GatewayProcess;
import io.twinspan.benchmarks.throughput.Processes;
import io.twinspan.daemon.cli.CommandFailure;
import io.twinspan.daemon.lab.LabTopology;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Twinspan's own responder in AWS's place, one process for each endpoint. */
final class TwinspanEndpoints implements AwsEndpoints {
    private static final long START_SECONDS = 60;

    private final LabTopology topology;
    private final AwsRouting routing;
    private final Path launcher;
    private final Path folder;
    private final GatewayProcess[] processes = new GatewayProcess[2];

    TwinspanEndpoints(LabTopology topology, AwsRouting routing, Path launcher, Path folder) {
        this.topology = topology;
        this.routing = routing;
        this.launcher = launcher;
        this.folder = folder;
        start(1);
        start(2);
    }

    private void start(int tunnel) {
        GatewayProcess process = GatewayProcess.start(
                topology.endpoint(tunnel), launcher, folder, "aws-" + tunnel, RigPlan.endpoint(tunnel), List.of());
        processes[tunnel - 1] = process;
        process.awaitTunnels(0, START_SECONDS);
        Thread.ofPlatform().daemon().name("aws-news-" + tunnel).start(() -> follow(process, tunnel));
    }

    private void follow(GatewayProcess process, int tunnel) {
        try {
            process.control().follow(entry -> tell(entry, tunnel));
        } catch (CommandFailure e) {
            // The endpoint was killed or has ended: AWS's routing hears nothing.
        }
    }

    private void tell(JsonNode entry, int tunnel) {
        if (entry.path("event").asString().equals("connection.switched")) {
            routing.news(tunnel, !entry.path("fields").path("to").asString().equals("0"));
        }
    }

    @Override
    public String description() {
        return "Twinspan's responder";
    }

    @Override
    public void kill(int tunnel) {
        processes[tunnel - 1].kill();
    }

    @Override
    public void restart(int tunnel) {
        routing.forget(tunnel);
        processes[tunnel - 1].kill();
        start(tunnel);
    }

    @Override
    public void delete(int tunnel) {
        processes[tunnel - 1].control().order("/v1/down?connection=aws");
    }

    @Override
    public void close() {
        for (GatewayProcess process : processes) {
            if (process != null) {
                Processes.close(process);
            }
        }
    }
}
