package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.throughput.BenchException;
import io.twinspan.benchmarks.throughput.Processes;
import io.twinspan.benchmarks.throughput.TextFiles;
import io.twinspan.benchmarks.throughput.Waiting;
import io.twinspan.daemon.lab.LabException;
import io.twinspan.daemon.lab.LabLink;
import io.twinspan.daemon.lab.LabTopology;
import io.twinspan.daemon.lab.LinkDirection;
import io.twinspan.daemon.lab.LinkImpairment;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Both sides running, both tunnels up, packets flowing both ways. */
final class FailoverRig implements AutoCloseable {
    private static final long START_SECONDS = 60;
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    private static final int OUTBOUND_PORT = 5_010;
    private static final int INBOUND_PORT = 5_011;
    private static final int CLEAN_PACKETS = 200;
    private static final int UNDER_WAY_PACKETS = 30;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final LabTopology topology;
    private final AwsRouting routing;
    private final LinkImpairment healthy;
    private final LabLink link;
    private final AwsEndpoints endpoints;
    private final CustomerGateway gateway;
    private final NumberedFlow outbound;
    private final NumberedFlow inbound;

    /** Makes one side of a rig. */
    @FunctionalInterface
    interface Side<T> {
        T start(LabTopology topology, AwsRouting routing, Path folder);
    }

    /**
     * Starts everything.
     *
     * @param healthy the link between gateway and AWS while nothing is wrong
     * @param folder an empty one for configurations and logs
     * @param room packets that each flow remembers, a power of two
     */
    FailoverRig(
            LinkImpairment healthy,
            Path folder,
            Side<AwsEndpoints> aws,
            Side<CustomerGateway> customer,
            int room,
            long seed) {
        this.healthy = healthy;
        try {
            RigPlan.writeKeys(TextFiles.folder(folder, "."));
            topology = opened(new LabTopology(false, true));
            routing = new AwsRouting(topology);
            link = opened(LabLink.start(topology, seed));
            link.impairAll(healthy);
            endpoints = opened(aws.start(topology, routing, folder));
            gateway = opened(customer.start(topology, routing, folder));
            NumberedFlow.End host = new NumberedFlow.End(topology.hostA(), LabTopology.ON_PREM_HOST);
            NumberedFlow.End vpc = new NumberedFlow.End(topology.vpc(), LabTopology.VPC_HOST);
            outbound = opened(NumberedFlow.start(host, vpc, OUTBOUND_PORT, room));
            inbound = opened(NumberedFlow.start(vpc, host, INBOUND_PORT, room));
        } catch (BenchException | LabException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    /** Starts large datagrams from the on-prem host to the VPC; whoever asked ends them. */
    BulkFlow bulk(int perSecond) {
        return new BulkFlow(topology.hostA(), topology.vpc(), LabTopology.VPC_HOST, perSecond);
    }

    LabLink link() {
        return link;
    }

    LinkImpairment healthy() {
        return healthy;
    }

    AwsRouting routing() {
        return routing;
    }

    AwsEndpoints endpoints() {
        return endpoints;
    }

    CustomerGateway gateway() {
        return gateway;
    }

    FlowRecord outbound() {
        return outbound.record();
    }

    FlowRecord inbound() {
        return inbound.record();
    }

    /** The tunnel that the gateway sends through: that one has the flow's thousand packets a second. */
    int active() {
        long first = sentTo(1);
        long second = sentTo(2);
        LockSupport.parkNanos(SAMPLE_NANOS);
        return sentTo(1) - first >= sentTo(2) - second ? 1 : 2;
    }

    private long sentTo(int tunnel) {
        return link.counters(tunnel, LinkDirection.TO_AWS).offered();
    }

    /**
     * Waits until both tunnels are ready, AWS sends where the gateway sends, and packets pass both ways.
     *
     * @return the tunnel that carries the traffic
     */
    int awaitHealthy() {
        Waiting.until(
                START_SECONDS,
                "both tunnels are ready",
                () -> routing.usable(1) && routing.usable(2) && gateway.ready());
        int active = active();
        routing.use(active);
        Waiting.until(START_SECONDS, "packets pass both ways", () -> passes(outbound()) && passes(inbound()));
        return active;
    }

    /** True while packets of a flow pass without loss, on a link that loses none by itself. */
    static boolean passes(FlowRecord flow) {
        return flow.passes(CLEAN_PACKETS, UNDER_WAY_PACKETS);
    }

    @Override
    public void close() {
        opened.forEach(Processes::close);
        opened.clear();
    }
}
