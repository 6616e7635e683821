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

/** Reads IP protocol 50 of one outside address on the inbound loop. */
final class RawEspHandle implements DescriptorEvents {
    private static final int READ_BUDGET = 4;
    private static final int MIN_IPV4_HEADER_OCTETS = 20;

    private final Descriptor descriptor;
    private final boolean deliversIpHeader;
    private final Endpoint local;
    private final InboundPath path;
    private final InboundMemory memory;
    private final LoopClock clock;
    private final DropCounters drops;

    RawEspHandle(
            Descriptor descriptor,
            boolean deliversIpHeader,
            Endpoint local,
            InboundPath path,
            InboundMemory memory,
            LoopClock clock,
            DropCounters drops) {
        this.descriptor = descriptor;
        this.deliversIpHeader = deliversIpHeader;
        this.local = local;
        this.path = path;
        this.memory = memory;
        this.clock = clock;
        this.drops = drops;
    }

    @Override
    public void readable() {
        long now = clock.refresh();
        ReceiveBatch batch = memory.received();
        for (int call = 0; call < READ_BUDGET; call++) {
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
        int header = headerOctets(batch, index);
        int length = Math.min(batch.length(index) - header, PacketSlot.MAX_PACKET_OCTETS);
        if (length < 0) {
            drops.count(PathVerdict.ESP_TOO_SHORT);
            return;
        }
        PacketSlot packet = memory.packet();
        batch.copy(index, header, packet.array(), PacketSlot.HEADROOM, length);
        packet.range(PacketSlot.HEADROOM, length);
        int trafficClass = deliversIpHeader ? batch.octet(index, 1) & 0xff : batch.trafficClass(index);
        packet.source(false, batch.remoteHigh(index), batch.remoteLow(index), 0, trafficClass);
        path.accept(packet, local, now);
    }

    /** Length of the IPv4 header in front, by its own length field; the kernel has checked it. */
    private int headerOctets(ReceiveBatch batch, int index) {
        if (!deliversIpHeader) {
            return 0;
        }
        return batch.length(index) < MIN_IPV4_HEADER_OCTETS
                ? MIN_IPV4_HEADER_OCTETS
                : (batch.octet(index, 0) & 0xf) * 4;
    }

    @Override
    public void closed() {
        descriptor.close();
    }
}
