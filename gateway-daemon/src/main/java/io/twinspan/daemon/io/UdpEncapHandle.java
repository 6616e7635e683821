package io.twinspan.daemon.io;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.dataplane.PathVerdict;
import io.twinspan.daemon.io.IkeDatagramDemux.Kind;
import io.twinspan.daemon.io.IngressQueue.Advice;
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
    public void take(ReceiveBatch batch, int index, IngressQueue queue, long nowNanos) {
        int total = batch.length(index);
        int segment = Math.max(1, batch.segmentOctets(index));
        int trafficClass = batch.trafficClass(index);
        source(batch, index, trafficClass);
        inbound.memory().packet().reassembled(batch.reassembled(index));
        // The kernel looks at lengths only: IKE and ESP may come as one.
        for (int from = 0; from < total; from += segment) {
            int length = Math.min(segment, total - from);
            Kind kind = IkeDatagramDemux.kindOf(batch, index, from, length);
            // Of a message one packet is enough: TCP is to see one loss, not forty.
            Advice advice = from == 0 && kind == Kind.ESP ? queue.judge(batch, index, trafficClass) : Advice.KEEP;
            if (advice == Advice.MARK) {
                source(batch, index, IngressQueue.marked(trafficClass));
            }
            if (advice != Advice.DROP) {
                takeOne(kind, batch, index, from, length, nowNanos);
            }
        }
    }

    private void source(ReceiveBatch batch, int index, int trafficClass) {
        inbound.memory()
                .packet()
                .source(true, batch.remoteHigh(index), batch.remoteLow(index), batch.remotePort(index), trafficClass);
    }

    private void takeOne(Kind kind, ReceiveBatch batch, int index, int from, int length, long nowNanos) {
        switch (kind) {
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
