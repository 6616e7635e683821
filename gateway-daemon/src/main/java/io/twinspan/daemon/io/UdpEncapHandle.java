package io.twinspan.daemon.io;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.dataplane.DropCounters;
import io.twinspan.daemon.dataplane.InboundPath;
import io.twinspan.daemon.dataplane.PathVerdict;
import io.twinspan.daemon.loop.DescriptorEvents;
import io.twinspan.daemon.loop.LoopClock;
import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.ReceiveBatch;

/** Reads port 4500 of one outside address on the inbound loop: ESP goes to the path, IKE to the control loop. */
final class UdpEncapHandle implements DescriptorEvents {
    /** Receive calls in one wake-up, so that no descriptor starves the others. */
    private static final int READ_BUDGET = 4;

    private final Descriptor descriptor;
    private final Endpoint local;
    private final InboundPath path;
    private final InboundMemory memory;
    private final LoopClock clock;
    private final DropCounters drops;
    private final IkeDelivery ike;

    UdpEncapHandle(
            Descriptor descriptor,
            Endpoint local,
            InboundPath path,
            InboundMemory memory,
            LoopClock clock,
            DropCounters drops,
            IkeDelivery ike) {
        this.descriptor = descriptor;
        this.local = local;
        this.path = path;
        this.memory = memory;
        this.clock = clock;
        this.drops = drops;
        this.ike = ike;
    }

    @Override
    public void readable() {
        long now = clock.refresh();
        ReceiveBatch batch = memory.received();
        for (int call = 0; call < READ_BUDGET; call++) {
            // Errors of other datagrams (ICMP) come back here as a negative count: nothing to do but go on.
            int count = batch.receive(descriptor);
            if (count <= 0) {
                return;
            }
            for (int i = 0; i < count; i++) {
                take(batch, i, now);
            }
        }
    }

    private void take(ReceiveBatch batch, int index, long now) {
        switch (IkeDatagramDemux.kindOf(batch, index)) {
            case KEEPALIVE -> drops.count(PathVerdict.NAT_KEEPALIVE);
            case IKE -> ike.deliver(batch, index, IkeDatagramDemux.NON_ESP_MARKER_OCTETS, local);
            case ESP -> {
                PacketSlot packet = memory.packet();
                int length = Math.min(batch.length(index), PacketSlot.MAX_PACKET_OCTETS);
                batch.copy(index, 0, packet.array(), PacketSlot.HEADROOM, length);
                packet.range(PacketSlot.HEADROOM, length);
                packet.source(
                        true,
                        batch.remoteHigh(index),
                        batch.remoteLow(index),
                        batch.remotePort(index),
                        batch.trafficClass(index));
                path.accept(packet, local, now);
            }
        }
    }

    @Override
    public void closed() {
        descriptor.close();
    }
}
