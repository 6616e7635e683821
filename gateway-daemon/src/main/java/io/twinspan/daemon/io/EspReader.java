package io.twinspan.daemon.io;

import io.twinspan.daemon.loop.DescriptorEvents;
import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.ReceiveBatch;

/**
 * Reads one outside socket on the inbound loop until it is empty or others must have their turn. What the path held back to
 * put together is written at the end, so no packet waits for one that has not arrived.
 */
final class EspReader implements DescriptorEvents {
    /** Octets in one wake-up, so that no descriptor starves the others. */
    private static final int READ_BUDGET_OCTETS = 1 << 20;

    /** Receive calls in one wake-up. */
    private static final int READ_BUDGET_CALLS = 16;

    /** Takes apart what one receive call brought. */
    @FunctionalInterface
    interface Datagrams {
        /** Takes message {@code index} of the batch. */
        void take(ReceiveBatch batch, int index, IngressQueue queue, long nowNanos);
    }

    private final Descriptor descriptor;
    private final InboundSide inbound;
    private final Datagrams datagrams;
    private final IngressQueue queue;

    /** Takes over one hold on the descriptor. */
    EspReader(Descriptor descriptor, InboundSide inbound, Datagrams datagrams) {
        this.descriptor = descriptor;
        this.inbound = inbound;
        this.datagrams = datagrams;
        this.queue = new IngressQueue(inbound.queue().get(), inbound.drops());
    }

    @Override
    public boolean readable() {
        long now = inbound.clock().refresh();
        ReceiveBatch batch = inbound.memory().received();
        int octets = 0;
        for (int call = 0; call < READ_BUDGET_CALLS && octets < READ_BUDGET_OCTETS; call++) {
            // Errors of other datagrams (ICMP) come back here as a negative count: nothing to do but go on.
            int count = batch.receive(descriptor);
            queue.look(batch, count);
            for (int i = 0; i < count; i++) {
                octets += batch.length(i);
                datagrams.take(batch, i, queue, now);
            }
            if (count < batch.capacity()) {
                break;
            }
        }
        inbound.path().endOfBatch();
        return octets > 0;
    }

    @Override
    public void closed() {
        descriptor.close();
    }
}
