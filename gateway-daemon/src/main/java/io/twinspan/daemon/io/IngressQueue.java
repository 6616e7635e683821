package io.twinspan.daemon.io;

import io.twinspan.daemon.dataplane.DropCounters;
import io.twinspan.daemon.dataplane.PathVerdict;
import io.twinspan.daemon.queue.CoDel;
import io.twinspan.daemon.sys.ReceiveBatch;

/**
 * Queue management of one outside socket's receive buffer, where ESP waits for this loop: by the kernel's time of arrival,
 * so that a buffer large enough for bursts does not become a standing queue. Confined to the inbound loop.
 */
final class IngressQueue {
    /** What to do with the first ESP packet of a message. */
    enum Advice {
        KEEP,
        MARK,
        DROP
    }

    private static final int ECN_MASK = 3;
    private static final int NOT_ECT = 0;
    private static final int CE = 3;
    private static final int MORE_OCTETS = 1 << 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final CoDel codel;
    private final DropCounters drops;
    private long wallNanos;
    private int queuedOctets;

    /** @param drops counts what is dropped or marked */
    IngressQueue(CoDel codel, DropCounters drops) {
        this.codel = codel;
        this.drops = drops;
    }

    /**
     * Reads the wall clock, by which the kernel notes arrivals, and sees how much waits; once for each receive call.
     *
     * @param count messages it brought
     */
    void look(ReceiveBatch batch, int count) {
        wallNanos = System.currentTimeMillis() * NANOS_PER_MILLI;
        queuedOctets = 0;
        if (count == batch.capacity()) {
            // There may be more, which nobody has counted.
            queuedOctets = MORE_OCTETS;
        }
        for (int i = 0; i < count; i++) {
            queuedOctets += batch.length(i);
        }
    }

    /** Decides about a message. A mark is for those who understand it (RFC 3168), which the outer ECN field tells. */
    Advice judge(ReceiveBatch batch, int index, int trafficClass) {
        long arrived = batch.arrivedAtNanos(index);
        queuedOctets -= batch.length(index);
        // A loop that was woken late finds old packets too; but it leaves nothing behind, and that is no standing
        // queue.
        if (arrived == 0 || !codel.shouldDrop(arrived, Math.max(arrived, wallNanos), queuedOctets)) {
            return Advice.KEEP;
        }
        boolean mark = (trafficClass & ECN_MASK) != NOT_ECT;
        drops.count(mark ? PathVerdict.AQM_MARKED : PathVerdict.AQM_DROP);
        return mark ? Advice.MARK : Advice.DROP;
    }

    /** The outer TOS or traffic class octet as a congested router would have left it. */
    static int marked(int trafficClass) {
        return trafficClass | CE;
    }
}
