package io.twinspan.daemon.dataplane;

import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.queue.CoDel;
import io.twinspan.daemon.queue.Pacer;
import java.util.function.Supplier;

/**
 * What all connections of an outbound loop share on the way to their tunnels.
 *
 * @param slots where waiting packets stand; owned by the outbound loop
 * @param queue bounds of each connection's queue
 * @param pacers makes the pacer of a tunnel
 * @param crew threads that seal beside the loop
 * @param headers of the last packets sent; owned by the outbound loop
 */
public record EgressPlan(
        PacketSlab slots, QueueSettings queue, Supplier<Pacer> pacers, SealingCrew crew, HeaderRing headers) {
    /** Packet slots of a loop. */
    public static final int SLOTS = 256;

    private static final int QUEUE_PACKETS = 192;

    /** RFC 8289 section 4.4: a queue of less than one full packet is none. */
    private static final int QUIET_OCTETS = 1514;

    private static final int QUEUE_OCTETS = 8 << 20;

    /** Queue management of a queue with the plan's times. */
    public CoDel queueManagement() {
        return new CoDel(queue.targetNanos(), queue.intervalNanos(), QUIET_OCTETS);
    }

    /** A plan of the usual size, for a loop that seals alone. */
    public static EgressPlan of(long targetNanos, long intervalNanos, Supplier<Pacer> pacers) {
        return of(targetNanos, intervalNanos, pacers, 0);
    }

    /** A plan of the usual size, with so many sealing workers. */
    public static EgressPlan of(long targetNanos, long intervalNanos, Supplier<Pacer> pacers, int sealingWorkers) {
        QueueSettings queue = new QueueSettings(QUEUE_PACKETS, QUEUE_OCTETS, targetNanos, intervalNanos);
        PacketSlab slots = new PacketSlab(SLOTS);
        return new EgressPlan(slots, queue, pacers, new SealingCrew(sealingWorkers, slots), new HeaderRing(true));
    }
}
