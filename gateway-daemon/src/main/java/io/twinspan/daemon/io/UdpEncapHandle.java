package io.twinspan.daemon.io;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.dataplane.PathVerdict;
import io.twinspan.daemon.sys.ReceiveBatch;

/** What arrives on port 4500 of one outside address: ESP goes to the path, IKE to the control loop. */
final class UdpEncapHandle implements EspReader.Datagrams {
    private final Endpoint local;
    private final InboundSide inbound;
    private final IkeDelivery ike;

    UdpEncapHandle(Endpoint local, InboundSide inbound, IkeDelivery ike) {
        this.local = local;
        this.inbound = inbound;
        this.ike = ike;
    }

    @Override
    public void take(ReceiveBatch batch, int index, long nowNanos) {
        int total = batch.length(index);
        int segment = Math.max(1, batch.segmentOctets(index));
        PacketSlot packet = inbound.memory().packet();
        packet.source(
                true,
                batch.remoteHigh(index),
                batch.remoteLow(index),
                batch.remotePort(index),
                batch.trafficClass(index));
        // The kernel looks at lengths only: IKE and ESP may come as one.
        for (int from = 0; from < total; from += segment) {
            takeOne(batch, index, from, Math.min(segment, total - from), nowNanos);
        }
    }

    private void takeOne(ReceiveBatch batch, int index, int from, int length, long nowNanos) {
        switch (IkeDatagramDemux.kindOf(batch, index, from, length)) {
            case KEEPALIVE -> inbound.drops().count(PathVerdict.NAT_KEEPALIVE);
            case IKE -> {
                int marker = IkeDatagramDemux.NON_ESP_MARKER_OCTETS;
                ike.deliver(batch, index, from + marker, length - marker, local);
            }
            case ESP -> {
                PacketSlot packet = inbound.memory().packet();
                int kept = Math.min(length, PacketSlot.MAX_PACKET_OCTETS);
                batch.copy(index, from, packet.array(), PacketSlot.HEADROOM, kept);
                packet.range(PacketSlot.HEADROOM, kept);
                inbound.path().accept(packet, local, nowNanos);
            }
        }
    }
}
