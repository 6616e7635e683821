package io.twinspan.daemon.queue;

import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import org.jspecify.annotations.Nullable;

/**
 * Packets that wait to be sealed. Control packets leave before all data, which obeys CoDel.
 *
 * <p>Where CoDel asks for a drop, a sender that understands ECN is told by a mark; else a super-packet loses its first
 * segment, so that TCP sees one loss and not forty; else the packet is dropped and its slot goes back to the slab.
 */
public final class EgressQueue {
    /** Control packets that may wait beside the data, whose sum is bounded too; more of them count as data. */
    public static final int CONTROL_PACKETS = 32;

    private final PacketSlab slab;
    private final SlotRing control = new SlotRing(CONTROL_PACKETS);
    private final SlotRing data;
    private final int maxOctets;
    private final CoDel codel;
    private final AqmListener listener;
    private int dataOctets;

    /**
     * @param slab where the slots come from; whoever fills the queue takes them, and it gives the dropped ones back
     * @param maxPackets data packets that may wait
     * @param maxOctets data octets that may wait; one packet always may
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
        boolean fits = !data.isFull() && (data.size() == 0 || dataOctets + packet.length() <= maxOctets);
        if (fits) {
            data.add(packet);
            dataOctets += packet.length();
        }
        return fits;
    }

    /** The next packet to seal, which is the caller's now; null where nothing waits. */
    public @Nullable PacketSlot poll(long nowNanos) {
        PacketSlot first = control.poll();
        if (first != null) {
            return first;
        }
        PacketSlot packet = data.poll();
        while (packet != null) {
            dataOctets -= packet.length();
            if (!codel.shouldDrop(packet.enqueuedAtNanos(), nowNanos, dataOctets) || survives(packet, nowNanos)) {
                return packet;
            }
            slab.give(packet);
            packet = data.poll();
        }
        codel.emptied();
        return null;
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
        return control.size() + data.size();
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
