package io.twinspan.daemon.io;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.dataplane.PathVerdict;
import io.twinspan.daemon.io.IngressQueue.Advice;
import io.twinspan.daemon.sys.ReceiveBatch;

/** What arrives as IP protocol 50 on one outside address. */
final class RawEspHandle implements EspReader.Datagrams {
    private static final int MIN_IPV4_HEADER_OCTETS = 20;

    private final boolean deliversIpHeader;
    private final Endpoint local;
    private final InboundSide inbound;

    RawEspHandle(boolean deliversIpHeader, Endpoint local, InboundSide inbound) {
        this.deliversIpHeader = deliversIpHeader;
        this.local = local;
        this.inbound = inbound;
    }

    @Override
    public void take(ReceiveBatch batch, int index, IngressQueue queue, long nowNanos) {
        int header = headerOctets(batch, index);
        int length = Math.min(batch.length(index) - header, PacketSlot.MAX_PACKET_OCTETS);
        if (length < 0) {
            inbound.drops().count(PathVerdict.ESP_TOO_SHORT);
            return;
        }
        int trafficClass = deliversIpHeader ? batch.octet(index, 1) & 0xff : batch.trafficClass(index);
        Advice advice = queue.judge(batch, index, trafficClass);
        if (advice == Advice.DROP) {
            return;
        }
        if (advice == Advice.MARK) {
            trafficClass = IngressQueue.marked(trafficClass);
        }
        PacketSlot packet = inbound.memory().packet();
        batch.copy(index, header, packet.array(), PacketSlot.HEADROOM, length);
        packet.range(PacketSlot.HEADROOM, length);
        packet.source(false, batch.remoteHigh(index), batch.remoteLow(index), 0, trafficClass);
        packet.reassembled(batch.reassembled(index));
        inbound.path().accept(packet, local, nowNanos);
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
}
