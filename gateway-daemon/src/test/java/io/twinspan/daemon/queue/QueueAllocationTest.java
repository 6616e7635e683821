package io.twinspan.daemon.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What the outbound loop calls for every packet leaves nothing behind for the collector. */
class QueueAllocationTest implements AqmListener {
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 10_000;
    private static final int WAITING = 8;
    private static final long STEP = 1_000_000;

    /** Far below one object for each round, and above what the measurement itself may cost. */
    private static final long ALLOWED_BYTES = 8 * ROUNDS / 10;

    private final PacketSlab slab = new PacketSlab(2 * WAITING);
    private final EgressQueue queue =
            new EgressQueue(slab, WAITING + 1, 1 << 20, new CoDel(STEP, 20 * STEP, 1_514), this);
    private final Pacer pacer = new Pacer(1_250_000_000L, 140_000, Pacer.DEFAULT_BURST_NANOS);
    private long now;
    private int dropped;
    private int marked;

    @Test
    void aPacketCostsNoAllocation() {
        fillSlots();
        for (int i = 0; i < WARM_UP; i++) {
            handleOnce();
        }
        long before = allocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            handleOnce();
        }
        assertThat(allocatedBytes() - before).isLessThan(ALLOWED_BYTES);
        assertThat(dropped).isPositive();
        assertThat(marked).isPositive();
    }

    private void fillSlots() {
        PacketSlot[] slots = new PacketSlot[2 * WAITING];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = QueuePackets.ipv4(slab.take(), 1_400, i % 2 == 0 ? QueuePackets.ECT_0 : QueuePackets.NOT_ECT);
        }
        for (PacketSlot slot : slots) {
            slab.give(slot);
        }
    }

    private void handleOnce() {
        now += STEP;
        while (queue.size() < WAITING) {
            PacketSlot slot = slab.take();
            slot.range(PacketSlot.HEADROOM, 1_400);
            queue.offer(slot, now, slab.available() % 5 == 0);
        }
        PacketSlot slot = queue.poll(now);
        if (slot != null && pacer.readyAtNanos(now) - now <= 0) {
            pacer.spend(slot.length(), 1, now);
        }
        if (slot != null) {
            slab.give(slot);
        }
    }

    @Override
    public void dropped(PacketSlot packet) {
        dropped++;
    }

    @Override
    public void marked(PacketSlot packet) {
        marked++;
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
