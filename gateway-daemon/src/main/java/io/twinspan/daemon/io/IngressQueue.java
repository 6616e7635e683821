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
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final CoDel codel;
    private final DropCounters drops;
    private long wallNanos;

    /** @param drops counts what is dropped or marked */
    IngressQueue(CoDel codel, DropCounters drops) {
        this.codel = codel;
        this.drops = drops;
    }

    /** Reads the wall clock, by which the kernel notes arrivals; once for each receive call. */
    void look() {
        wallNanos = System.currentTimeMillis() * NANOS_PER_MILLI;
    }

    /** Decides about a message. A mark is for those who understand it (RFC 3168), which the outer ECN field tells. */
    Advice judge(ReceiveBatch batch, int index, int trafficClass) {
        long arrived = batch.arrivedAtNanos(index);
        // How much waits behind is not known: a socket that was empty in between ends an episode by itself.
        if (arrived == 0 || !codel.shouldDrop(arrived, Math.max(arrived, wallNanos), Integer.MAX_VALUE)) {
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
