package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspEncapsulator;
import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.crypto.packet.HeaderVerdict;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4Fragmenter;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.TcpMssClamp;
import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * From TUN to network, for one connection. Runs on the outbound loop.
 *
 * <p>A packet that no tunnel may or can carry is refused with ICMP and counted; nothing is ever sent unprotected (RFC 4301
 * section 5.1), and no outer packet ever needs to be fragmented.
 */
public final class OutboundPath {
    /** Packet slots it holds: an ICMP answer and a fragment. */
    static final int SLOTS = 2;

    private final OutboundTunnel[] tunnels = new OutboundTunnel[ConnectionPlan.MAX_TUNNELS + 1];
    private final PacketAddresses addresses = new PacketAddresses();
    private final EspEncapsulator encapsulator = new EspEncapsulator(true);
    private final DropCounters drops;
    private final TunnelSelector selector;
    private final IcmpAnswers icmp;
    private final PacketSlot fragment;
    private final Consumer<SaEvent> events;
    private final Executor control;

    OutboundPath(
            ConnectionPlan plan,
            ConnectionCounters counters,
            PacketSlab slab,
            TunSink tun,
            Consumer<SaEvent> events,
            Executor control) {
        this.drops = counters.outbound();
        this.selector = new TunnelSelector(ForwardingTable.of(plan));
        this.icmp = new IcmpAnswers(plan, slab.take(), tun);
        this.fragment = slab.take();
        this.events = events;
        this.control = control;
        for (int number = 1; number < tunnels.length; number++) {
            tunnels[number] = new OutboundTunnel(counters.tunnel(number));
        }
    }

    /** Takes one packet that the TUN delivered; the slot is free again when this returns. */
    public void accept(PacketSlot packet, long nowNanos) {
        byte[] octets = packet.array();
        if (IpPacket.check(octets, packet.offset(), packet.length()) != HeaderVerdict.OK) {
            drops.count(PathVerdict.MALFORMED);
            return;
        }
        addresses.read(octets, packet.offset(), packet.length());
        int number = selector.select(addresses);
        if (number == TunnelSelector.NOT_PROTECTED) {
            drops.count(PathVerdict.NOT_PROTECTED);
            icmp.prohibited(packet, nowNanos);
        } else if (number == DataPlane.NO_TUNNEL) {
            drops.count(PathVerdict.NO_ACTIVE_TUNNEL);
            icmp.unreachable(packet, nowNanos);
        } else {
            send(number, packet, nowNanos);
        }
    }

    private void send(int number, PacketSlot packet, long nowNanos) {
        OutboundTunnel tunnel = tunnels[number];
        OutboundChild child = tunnel.current();
        if (child == null) {
            tunnel.counters().outbound().count(PathVerdict.NO_OUTBOUND_SA);
            icmp.unreachable(packet, nowNanos);
            return;
        }
        byte[] octets = packet.array();
        int mtu = child.innerMtuBytes();
        int length = IpPacket.totalBytes(octets, packet.offset());
        if (length > mtu) {
            sendLarge(tunnel, child, packet, nowNanos);
        } else {
            TcpMssClamp.clamp(
                    octets, packet.offset(), length, EspOverhead.mssIpv4Bytes(mtu), EspOverhead.mssIpv6Bytes(mtu));
            if (seal(tunnel, child, packet, packet.offset(), length, nowNanos)) {
                tunnel.counters().sent(length);
            }
        }
        if (child.shouldTellExhaustion()) {
            events.accept(new SaEvent.NearlyExhausted(number, child.inboundSpi()));
        }
    }

    /** RFC 4301 section 8.2.1: cut before encryption where the sender allows it, else say what would fit. */
    private void sendLarge(OutboundTunnel tunnel, OutboundChild child, PacketSlot packet, long nowNanos) {
        byte[] octets = packet.array();
        int mtu = child.innerMtuBytes();
        boolean mayCut = IpPacket.version(octets, packet.offset(), packet.length()) == 4
                && !Ipv4View.dontFragment(octets, packet.offset());
        int count = mayCut ? Ipv4Fragmenter.count(octets, packet.offset(), packet.length(), mtu) : 0;
        if (count == 0) {
            tunnel.counters().outbound().count(PathVerdict.TOO_BIG);
            icmp.tooBig(packet, mtu, nowNanos);
            return;
        }
        boolean allSent = true;
        for (int i = 0; i < count && allSent; i++) {
            int length = Ipv4Fragmenter.write(octets, packet.offset(), mtu, i, fragment.array(), PacketSlot.HEADROOM);
            fragment.range(PacketSlot.HEADROOM, length);
            allSent = seal(tunnel, child, fragment, PacketSlot.HEADROOM, length, nowNanos);
        }
        if (allSent) {
            tunnel.counters().sent(IpPacket.totalBytes(octets, packet.offset()));
        }
    }

    private boolean seal(
            OutboundTunnel tunnel, OutboundChild child, PacketSlot slot, int offset, int length, long nowNanos) {
        EspVerdict verdict = encapsulator.seal(child.sa(), slot.array(), offset, length);
        if (verdict != EspVerdict.OK) {
            tunnel.counters().outbound().count(verdict);
            if (verdict == EspVerdict.SELECTOR_MISMATCH) {
                icmp.prohibited(slot, nowNanos);
            }
            return false;
        }
        boolean taken = child.sink()
                .enqueue(
                        slot.array(),
                        encapsulator.resultOffset(),
                        encapsulator.resultLength(),
                        encapsulator.outerTos());
        if (!taken) {
            tunnel.counters().outbound().count(PathVerdict.SEND_QUEUE_FULL);
        }
        return taken;
    }

    /** Carries out a command, between packets. */
    void apply(OutboundCommand command, long nowNanos) {
        switch (command) {
            case OutboundCommand.Install(int tunnel, OutboundChild child) -> tunnels[tunnel].install(child);
            case OutboundCommand.Switch(int tunnel, int inboundSpi) -> tunnels[tunnel].use(inboundSpi);
            case OutboundCommand.Follow follow -> {
                OutboundChild child = tunnels[follow.tunnel()].find(follow.inboundSpi());
                if (child != null) {
                    child.follow(follow.path(), follow.sink());
                }
            }
            case OutboundCommand.Remove(int tunnel, int inboundSpi) -> tunnels[tunnel].remove(inboundSpi);
            case OutboundCommand.SetForwarding(ForwardingTable table, DataPlane.SwitchObserver done) -> {
                selector.use(table);
                control.execute(() -> done.switched(nowNanos));
            }
        }
    }
}
