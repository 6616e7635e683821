package io.twinspan.daemon.queue;

import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Packets that wait to be sealed. Control packets leave before all data, which obeys CoDel.
 *
 * <p>A packet of a flow that has nothing waiting passes those that have, as in RFC 8290 section 4.2: what fills the queue
 * waits in it, not the keystroke beside it. It is the only one of its flow here, so nothing is reordered.
 *
 * <p>Where CoDel asks for a drop, a sender that understands ECN is told by a mark; else a super-packet loses its first
 * segment, so that TCP sees one loss and not forty; else the packet is dropped and its slot goes back to the slab.
 */
public final class EgressQueue {
    /** Control packets that may wait beside the data, whose sum is bounded too; more of them count as data. */
    public static final int CONTROL_PACKETS = 32;

    /** Packets of sparse flows that may wait; more of them wait with the others. */
    public static final int SPARSE_PACKETS = 32;

    /** Longest packet that may pass others, so that what passes is little beside what is passed. */
    private static final int SPARSE_OCTETS = 1600;

    /** RFC 8290 section 4.2: sparse flows must not starve the others. */
    private static final int SPARSE_IN_A_ROW = 32;

    private final PacketSlab slab;
    private final SlotRing control = new SlotRing(CONTROL_PACKETS);
    private final SlotRing sparse = new SlotRing(SPARSE_PACKETS);
    private final SlotRing data;
    private final int[] waitingOfFlow = new int[FlowHash.FLOWS];
    private final int maxOctets;
    private final CoDel codel;
    private final AqmListener listener;
    private int dataOctets;
    private int sparseInARow;

    /**
     * @param slab where the slots come from; whoever fills the queue takes them, and it gives the dropped ones back
     * @param maxPackets data packets that may wait
     * @param maxOctets once so many data octets wait, no more packets are taken
     */
    public EgressQueue(PacketSlab slab, int maxPackets, int maxOctets, CoDel codel, AqmListener listener) {
        this.slab = slab;
        this.data = new SlotRing(maxPackets);
        this.maxOctets = maxOctets;
        this.codel = codel;
        this.listener = listener;
    }

    /**
     * Takes a packet in; the slot is the queue's from then on.
     *
     * @param controlTraffic true for what must not wait behind data: IKE, BGP, probes
     * @return false where the queue is full: the slot stays the caller's, to be counted and given back
     */
    public boolean offer(PacketSlot packet, long nowNanos, boolean controlTraffic) {
        packet.enqueuedAt(nowNanos);
        if (controlTraffic && !control.isFull()) {
            control.add(packet);
            return true;
        }
        if (isFull()) {
            return false;
        }
        packet.flow(FlowHash.of(packet.array(), packet.offset(), packet.length()));
        boolean first = waitingOfFlow[packet.flow()]++ == 0;
        if (first && packet.length() <= SPARSE_OCTETS && !sparse.isFull()) {
            sparse.add(packet);
        } else {
            data.add(packet);
            dataOctets += packet.length();
        }
        return true;
    }

    /**
     * Makes room for one more packet where the queue is full of packets that have waited long: the oldest goes, as the
     * newest would otherwise be lost in the device's own queue, where nobody sees how long it waits.
     *
     * @return false where nothing was dropped: there is room, or what waits is a burst that only just came
     */
    public boolean dropOldest(long nowNanos) {
        PacketSlot oldest = data.peek();
        if (!isFull() || oldest == null || nowNanos - oldest.enqueuedAtNanos() < codel.intervalNanos() / 4) {
            return false;
        }
        slab.give(takeData());
        return true;
    }

    private PacketSlot takeData() {
        PacketSlot packet = Objects.requireNonNull(data.poll());
        dataOctets -= packet.length();
        waitingOfFlow[packet.flow()]--;
        return packet;
    }

    /** The next packet to seal, which is the caller's now; null where nothing waits. */
    public @Nullable PacketSlot poll(long nowNanos) {
        PacketSlot first = control.poll();
        if (first != null) {
            return first;
        }
        PacketSlot passing = isDataDue() ? null : sparse.poll();
        if (passing != null) {
            sparseInARow++;
            waitingOfFlow[passing.flow()]--;
            return passing;
        }
        sparseInARow = 0;
        while (data.size() > 0) {
            PacketSlot packet = takeData();
            if (!codel.shouldDrop(packet.enqueuedAtNanos(), nowNanos, dataOctets) || survives(packet, nowNanos)) {
                return packet;
            }
            slab.give(packet);
        }
        codel.emptied();
        return null;
    }

    /** True after many sparse packets, for data that came before the next of them and so follows none of its own flow. */
    private boolean isDataDue() {
        PacketSlot oldest = data.peek();
        PacketSlot passing = sparse.peek();
        return sparseInARow >= SPARSE_IN_A_ROW
                && oldest != null
                && passing != null
                && oldest.enqueuedAtNanos() - passing.enqueuedAtNanos() < 0;
    }

    /** True where nothing waits. */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** True where no more data can be taken. */
    public boolean isFull() {
        return data.isFull() || dataOctets >= maxOctets;
    }

    /** True where a packet waits that must not wait behind data. */
    public boolean hasControl() {
        return control.size() > 0;
    }

    /** Packets that wait, a super-packet as one. */
    public int size() {
        return control.size() + sparse.size() + data.size();
    }

    private boolean survives(PacketSlot packet, long nowNanos) {
        // RFC 3168 section 7: marks are for moderate congestion; a sender that does not heed them gets drops.
        boolean moderate = nowNanos - packet.enqueuedAtNanos() < codel.intervalNanos();
        if (moderate && CongestionMark.set(packet.array(), packet.offset(), packet.length())) {
            listener.marked(packet);
            return true;
        }
        listener.dropped(packet);
        if (packet.isSuperPacket()) {
            packet.skipSegments(1);
        }
        return packet.isSuperPacket();
    }
}
