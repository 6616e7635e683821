package io.twinspan.daemon.io;

import io.twinspan.daemon.dataplane.EgressPlan;
import io.twinspan.daemon.dataplane.NumberBook;
import io.twinspan.daemon.queue.Pacer;

/**
 * Settings of the gateway's sockets, devices and data loops.
 *
 * @param ikePort 500 outside of tests
 * @param natTraversalPort 4500 outside of tests
 * @param offloads whether TUN devices and UDP sockets take several packets as one
 * @param socketBufferOctets size of each socket's two buffers
 * @param busyPollNanos how long a data loop goes on looking for packets before it sleeps
 * @param egress queues and pacing
 * @param numbers where the sequence numbers of child SAs are kept
 */
public record GatewayIoOptions(
        int ikePort,
        int natTraversalPort,
        boolean offloads,
        int socketBufferOctets,
        long busyPollNanos,
        EgressPlan egress,
        NumberBook numbers) {
    private static final int IKE_PORT = 500;
    private static final int NAT_TRAVERSAL_PORT = 4500;
    private static final int BUFFER_OCTETS = 4 << 20;
    private static final long QUEUE_TARGET_NANOS = 2_000_000;
    private static final long QUEUE_INTERVAL_NANOS = 100_000_000;

    /** The ports of RFC 7296 and RFC 3948, and no limits. */
    public static GatewayIoOptions defaults() {
        EgressPlan egress = EgressPlan.of(
                QUEUE_TARGET_NANOS, QUEUE_INTERVAL_NANOS, () -> new Pacer(0, 0, Pacer.DEFAULT_BURST_NANOS));
        return onStandardPorts(true, BUFFER_OCTETS, 0, egress);
    }

    /** The ports of RFC 7296 and RFC 3948. */
    public static GatewayIoOptions onStandardPorts(
            boolean offloads, int socketBufferOctets, long busyPollNanos, EgressPlan egress) {
        return new GatewayIoOptions(
                IKE_PORT,
                NAT_TRAVERSAL_PORT,
                offloads,
                socketBufferOctets,
                busyPollNanos,
                egress,
                NumberBook.IN_PROCESS);
    }

    /** The same with the numbers in another place. */
    public GatewayIoOptions keeping(NumberBook newNumbers) {
        return new GatewayIoOptions(
                ikePort, natTraversalPort, offloads, socketBufferOctets, busyPollNanos, egress, newNumbers);
    }
}
