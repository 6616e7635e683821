package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.loop.LoopClock;
import io.twinspan.daemon.queue.AqmListener;
import io.twinspan.daemon.queue.EgressQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection's packets on their way from the TUN to the outbound path: everything the TUN holds is taken in first, so
 * that what waits is seen and bounded in time, and control traffic passes the data. Runs on the outbound loop.
 */
public final class ConnectionEgress {
    /** Answer of {@link #run}: nothing waits. */
    public static final long IDLE = Long.MAX_VALUE;

    /** Answer of {@link #run}: a socket or the sealing crew is full; its owner calls again when it has room. */
    public static final long BLOCKED = Long.MAX_VALUE - 1;

    /** Octets sent in one run, so that the TUN and other connections get their turn. */
    private static final int RUN_OCTETS = 1 << 20;

    /** Packets sent in one run. */
    private static final int RUN_PACKETS = 256;

    private static final int PACKETS_FOR_EACH_LOOK = 16;
    private static final int OCTETS_FOR_EACH_LOOK = 64 * 1024;

    private final PacketSlab slots;
    private final EgressQueue queue;
    private final OutboundPath path;
    private final ControlTraffic control;
    private final DropCounters drops;
    private final AtomicInteger waiting = new AtomicInteger();

    ConnectionEgress(ConnectionPlan plan, OutboundPath path, EgressPlan shared, DropCounters drops) {
        this.path = path;
        this.control = new ControlTraffic(plan);
        this.slots = shared.slots();
        this.drops = drops;
        QueueSettings settings = shared.queue();
        this.queue =
                new EgressQueue(slots, settings.packets(), settings.octets(), shared.queueManagement(), new Count());
    }

    /** A slot to read the next packet into; null where as many wait as may and none of them has waited long. */
    public @Nullable PacketSlot room(long nowNanos) {
        if (queue.dropOldest(nowNanos)) {
            drops.count(PathVerdict.EGRESS_QUEUE_FULL);
        }
        return hasRoom() ? slots.take() : null;
    }

    /** True where {@link #room} would give a slot. */
    public boolean hasRoom() {
        return !queue.isFull() && slots.available() > 0;
    }

    /** Gives back a slot into which nothing was read. */
    public void unused(PacketSlot slot) {
        slots.give(slot);
    }

    /** Takes in a packet that was read. */
    public void offer(PacketSlot packet, long nowNanos) {
        packet.superPacket(VirtioNetHeader.gsoType(packet.array(), packet.offset() - VirtioNetHeader.OCTETS)
                != VirtioNetHeader.GSO_NONE);
        if (!queue.offer(packet, nowNanos, control.includes(packet.array(), packet.offset(), packet.length()))) {
            drops.count(PathVerdict.EGRESS_QUEUE_FULL);
            slots.give(packet);
        }
        waiting.setOpaque(queue.size());
    }

    /** Packets that wait, a super-packet as one; from any thread. */
    int waiting() {
        return waiting.getOpaque();
    }

    /**
     * Sends what waits, within this run's budget and as far as socket and pacing allow.
     *
     * @param clock the loop's, read again on the way: what waits behind much work has waited longer
     * @return when to run again: at once where it is not after the clock's time, or {@link #IDLE} or {@link #BLOCKED}
     */
    public long run(LoopClock clock) {
        long again = send(clock);
        waiting.setOpaque(queue.size());
        return again;
    }

    private long send(LoopClock clock) {
        int octets = 0;
        for (int i = 0; i < RUN_PACKETS && octets < RUN_OCTETS; i++) {
            if (i % PACKETS_FOR_EACH_LOOK == 0 || octets >= OCTETS_FOR_EACH_LOOK) {
                clock.refresh();
            }
            long now = clock.nowNanos();
            path.sendFinished(now);
            if (queue.isEmpty()) {
                break;
            }
            long ready = queue.hasControl() ? now : path.readyAtNanos(now);
            if (ready > now) {
                return ready;
            }
            if (!path.hasRoom(now)) {
                return BLOCKED;
            }
            PacketSlot packet = queue.poll(now);
            if (packet != null) {
                octets += packet.length();
                if (path.accept(packet, now)) {
                    slots.give(packet);
                }
            }
        }
        return queue.isEmpty() ? IDLE : clock.nowNanos();
    }

    /** Gives back the slots of all that waits: the connection goes away. */
    public void abandon(long nowNanos) {
        for (PacketSlot packet = queue.poll(nowNanos); packet != null; packet = queue.poll(nowNanos)) {
            drops.count(PathVerdict.NO_ACTIVE_TUNNEL);
            slots.give(packet);
        }
        waiting.setOpaque(0);
    }

    /** Counts what the queue decides. */
    private final class Count implements AqmListener {
        @Override
        public void dropped(PacketSlot packet) {
            drops.count(PathVerdict.AQM_DROP);
        }

        @Override
        public void marked(PacketSlot packet) {
            drops.count(PathVerdict.AQM_MARKED);
        }
    }
}
