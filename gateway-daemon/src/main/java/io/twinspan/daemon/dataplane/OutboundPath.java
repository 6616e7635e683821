package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspEncapsulator;
import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.offload.Segmenter;
import io.twinspan.crypto.packet.HeaderVerdict;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4Fragmenter;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.queue.Pacer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * From TUN to network, for one connection. Runs on the outbound loop.
 *
 * <p>A packet that no tunnel may or can carry is refused with ICMP and counted; nothing is ever sent unprotected (RFC 4301
 * section 5.1), and no outer packet ever needs to be fragmented.
 */
public final class OutboundPath {
    /** Packet slots it holds: an ICMP answer and what is to be fragmented. */
    static final int SLOTS = 2;

    private final OutboundTunnel[] tunnels = new OutboundTunnel[ConnectionPlan.MAX_TUNNELS + 1];
    private final PacketAddresses addresses = new PacketAddresses();
    private final EspEncapsulator encapsulator = new EspEncapsulator(true);
    private final String connection;
    private final HeaderRing headers;
    private final SealingCrew crew;
    private final DropCounters drops;
    private final TunnelSelector selector;
    private final IcmpAnswers icmp;
    private final PacketSlot piece;
    private final ProbeSender probes;
    private DfPolicy df;
    private final FreshIdentifications identifications;
    private final Consumer<SaEvent> events;
    private final Executor control;
    private Segmenter segmenter = new Segmenter();
    private EspVerdict refusal = EspVerdict.OK;
    private boolean unproved;
    /** True where what is being cut came with identification 0, from which the segmenter only counted on. */
    private boolean unnumbered;

    private int flowMtuBytes = Integer.MAX_VALUE;

    OutboundPath(
            ConnectionPlan plan,
            ConnectionCounters counters,
            PacketSlab slab,
            TunSink tun,
            SealingCrew crew,
            HeaderRing headers,
            Supplier<Pacer> pacers,
            ProbeFormat probes,
            EntropySource entropy,
            Consumer<SaEvent> events,
            Executor control) {
        this.drops = counters.outbound();
        this.connection = plan.connection();
        this.headers = headers;
        this.crew = crew;
        this.selector = new TunnelSelector(ForwardingTable.of(plan));
        this.icmp = new IcmpAnswers(plan, slab.take(), tun, events);
        this.piece = slab.take();
        this.df = plan.df();
        this.identifications = new FreshIdentifications(entropy);
        this.events = events;
        this.control = control;
        for (int number = 1; number < tunnels.length; number++) {
            tunnels[number] = new OutboundTunnel(number, counters.tunnel(number), pacers.get());
        }
        this.probes = new ProbeSender(plan, tunnels, probes, encapsulator, crew, events);
    }

    /**
     * Takes one packet that the TUN delivered.
     *
     * @return true where the slot is free again; false where the sealing crew has it and will give it back to its slab
     */
    public boolean accept(PacketSlot packet, long nowNanos) {
        byte[] octets = packet.array();
        if (IpPacket.check(octets, packet.offset(), packet.length()) != HeaderVerdict.OK) {
            drops.count(PathVerdict.MALFORMED);
            return true;
        }
        addresses.read(octets, packet.offset(), packet.length());
        int number = selector.select(addresses, octets, packet.offset(), packet.length());
        if (number != TunnelSelector.NOT_PROTECTED) {
            headers.record(connection, number, octets, packet.offset(), packet.length(), nowNanos);
        }
        if (number == TunnelSelector.NOT_PROTECTED) {
            drops.count(PathVerdict.NOT_PROTECTED);
            icmp.prohibited(packet, nowNanos);
        } else if (number == DataPlane.NO_TUNNEL) {
            drops.count(PathVerdict.NO_ACTIVE_TUNNEL);
            icmp.unreachable(packet, nowNanos);
        } else {
            return send(number, packet, nowNanos);
        }
        return true;
    }

    private boolean send(int number, PacketSlot packet, long nowNanos) {
        OutboundTunnel tunnel = tunnels[number];
        OutboundChild child = tunnel.current();
        if (child == null) {
            tunnel.counters().outbound().count(PathVerdict.NO_OUTBOUND_SA);
            icmp.unreachable(packet, nowNanos);
            return true;
        }
        byte[] octets = packet.array();
        if (!segmenter.read(octets, packet.offset(), IpPacket.totalBytes(octets, packet.offset()))) {
            drops.count(PathVerdict.MALFORMED);
            return true;
        }
        if (unproved && selector.carries(number) && !selector.isPinned(addresses)) {
            unproved = false;
            events.accept(new SaEvent.FirstForwarded(number, nowNanos));
        }
        int mtu = child.innerMtuBytes();
        boolean handedOver = false;
        if (segmenter.isWhole()) {
            // A SYN may have data (RFC 7413), and be too large itself.
            InnerFit.clamp(
                    tunnel.counters().sizing().out(),
                    octets,
                    packet.offset(),
                    segmenter.segmentLength(0),
                    Math.min(mtu, flowMtuBytes));
        }
        if (segmenter.longestSegment() > mtu) {
            crew.settle(child, nowNanos);
            sendLarge(tunnel, child, packet, nowNanos);
        } else {
            InnerFit.pass(tunnel.counters().sizing().out(), octets, packet.offset());
            handedOver = handOver(tunnel, child, packet, nowNanos);
            if (!handedOver) {
                sendSegments(tunnel, child, packet, nowNanos);
            }
        }
        if (child.shouldTellExhaustion()) {
            events.accept(new SaEvent.NearlyExhausted(number, child.inboundSpi()));
        }
        return !handedOver;
    }

    /** Lets the crew seal a packet that is worth it, or that must not overtake those which the crew has. */
    private boolean handOver(OutboundTunnel tunnel, OutboundChild child, PacketSlot packet, long nowNanos) {
        if (tunnel.tap() != null) {
            // What is copied is copied here: the crew would seal it out of sight.
            crew.settle(child, nowNanos);
            return false;
        }
        int packets = segmenter.count() - packet.segmentsToSkip();
        if (crew.isEmpty() || (packets < SealingCrew.WORTHWHILE_PACKETS && !child.hasJobs())) {
            return false;
        }
        if (!SealingJob.fits(child.sa(), segmenter, packets) || !crew.makeRoom(nowNanos)) {
            crew.settle(child, nowNanos);
            return false;
        }
        int innerOctets = 0;
        for (int i = packet.segmentsToSkip(); i < segmenter.count(); i++) {
            innerOctets += segmenter.segmentLength(i);
        }
        // Paid for at once: what the crew has will leave before anything that is paced now.
        tunnel.pacer().spend(innerOctets + packets * child.overheadBytes(), packets, nowNanos);
        segmenter = crew.submit(this, tunnel, child, packet, segmenter, packets);
        return true;
    }

    /** Sends what the crew has sealed for this path. */
    void sendSealed(SealingJob job, long nowNanos) {
        DataCounters counters = job.tunnel().counters();
        EspSink sink = job.child().sink();
        int sent = 0;
        while (sent < job.count()) {
            int length = job.length(sent);
            int at = sink.claim(length);
            if (at == EspSink.NO_ROOM) {
                counters.outbound().count(PathVerdict.SEND_QUEUE_FULL, job.count() - sent);
                break;
            }
            System.arraycopy(job.octets(), job.start(sent), sink.array(), at, length);
            sink.commit(length, job.trafficClass());
            sent++;
        }
        counters.sent(sent, job.innerOctets(sent));
        counters.sealed(sent, job.start(sent) + sent * job.child().outerHeaderOctets());
        if (job.verdict() != EspVerdict.OK) {
            counters.outbound().count(job.verdict(), job.unsealed());
            refusal = job.verdict();
            refuse(job.packet(), nowNanos);
        }
    }

    /** Sends what the crew has finished meanwhile. */
    void sendFinished(long nowNanos) {
        crew.collect(nowNanos);
    }

    /** False while the crew has so much to do that no packet may be given to {@link #accept}. */
    boolean hasRoom(long nowNanos) {
        return crew.makeRoom(nowNanos);
    }

    private void sendSegments(OutboundTunnel tunnel, OutboundChild child, PacketSlot packet, long nowNanos) {
        EspSink sink = child.sink();
        int packets = 0;
        int innerOctets = 0;
        for (int i = packet.segmentsToSkip(); i < segmenter.count(); i++) {
            int length = segmenter.segmentLength(i);
            int left = segmenter.count() - i;
            int at = claim(tunnel, child, sink, length, left);
            if (at == EspSink.NO_ROOM) {
                break;
            }
            segmenter.write(i, sink.array(), at);
            if (!seal(tunnel, child, sink, at, length, left)) {
                refuse(packet, nowNanos);
                break;
            }
            packets++;
            innerOctets += length;
        }
        tunnel.counters().sent(packets, innerOctets);
        tunnel.pacer().spend(innerOctets + packets * child.overheadBytes(), packets, nowNanos);
    }

    /** RFC 4301 section 8.2.1: cut before encryption where sender or policy allow it, else say what would fit. */
    private void sendLarge(OutboundTunnel tunnel, OutboundChild child, PacketSlot packet, long nowNanos) {
        unnumbered = Ipv4View.identification(packet.array(), packet.offset()) == 0;
        if (segmenter.isWhole()) {
            packet.range(packet.offset(), segmenter.segmentLength(0));
            sendFragments(tunnel, child, packet, true, 1, nowNanos);
            return;
        }
        for (int i = packet.segmentsToSkip(); i < segmenter.count(); i++) {
            int length = segmenter.write(i, piece.array(), PacketSlot.HEADROOM);
            piece.range(PacketSlot.HEADROOM, length);
            boolean first = i == packet.segmentsToSkip();
            if (!sendFragments(tunnel, child, piece, first, segmenter.count() - i, nowNanos)) {
                return;
            }
        }
    }

    /**
     * Sends a packet in as many fragments as it takes; its header may change.
     *
     * @param mayTell false where its sender has been told already
     * @param left the packets that are lost where it fails: this one and those behind it
     */
    private boolean sendFragments(
            OutboundTunnel tunnel, OutboundChild child, PacketSlot packet, boolean mayTell, int left, long nowNanos) {
        byte[] octets = packet.array();
        int mtu = child.innerMtuBytes();
        boolean fits = packet.length() <= mtu;
        int count = fits ? 1 : cut(tunnel.number(), packet, mtu, mayTell, nowNanos);
        if (count == 0) {
            tunnel.counters().outbound().count(PathVerdict.TOO_BIG, left);
            return false;
        }
        EspSink sink = child.sink();
        for (int i = 0; i < count; i++) {
            int at = claim(tunnel, child, sink, Math.min(mtu, packet.length()), left);
            if (at == EspSink.NO_ROOM) {
                return false;
            }
            int length = packet.length();
            if (fits) {
                System.arraycopy(octets, packet.offset(), sink.array(), at, length);
            } else {
                length = Ipv4Fragmenter.write(octets, packet.offset(), mtu, i, sink.array(), at);
            }
            if (!seal(tunnel, child, sink, at, length, left)) {
                refuse(packet, nowNanos);
                return false;
            }
            if (!fits) {
                tunnel.counters().sizing().made();
            }
        }
        tunnel.counters().sent(1, packet.length());
        tunnel.pacer().spend(packet.length() + count * child.overheadBytes(), count, nowNanos);
        return true;
    }

    /** Into how many fragments a packet that is too large may be cut; 0 where it may not, and its sender is told. */
    private int cut(int tunnel, PacketSlot packet, int mtu, boolean mayTell, long nowNanos) {
        byte[] octets = packet.array();
        int offset = packet.offset();
        boolean ipv4 = IpPacket.version(octets, offset, packet.length()) == 4;
        boolean forbidden = ipv4 && Ipv4View.dontFragment(octets, offset);
        int count = ipv4 && (!forbidden || df.cuts()) ? Ipv4Fragmenter.count(octets, offset, packet.length(), mtu) : 0;
        if (mayTell && (count == 0 || (forbidden && df.tells()))) {
            icmp.tooBig(tunnel, packet, mtu, nowNanos);
        }
        // RFC 6864 section 4.1: a datagram with DF need not have been numbered. One that was keeps its number.
        if (count > 1 && forbidden && unnumbered && !Ipv4View.isFragment(octets, offset)) {
            Ipv4View.setIdentification(octets, offset, identifications.next(octets, offset));
        }
        return count;
    }

    /**
     * Finds a place for an inner packet of this length where there is room around it for ESP.
     *
     * @param left the packets that are lost where there is none
     */
    private static int claim(OutboundTunnel tunnel, OutboundChild child, EspSink sink, int length, int left) {
        OutboundSa sa = child.sa();
        int at = sink.claim(sa.headroomBytes() + length + sa.tailroomBytes(length));
        if (at == EspSink.NO_ROOM) {
            tunnel.counters().outbound().count(PathVerdict.SEND_QUEUE_FULL, left);
            return EspSink.NO_ROOM;
        }
        return at + sa.headroomBytes();
    }

    /** Seals the inner packet where it stands in the sink's memory, and queues it. */
    private boolean seal(OutboundTunnel tunnel, OutboundChild child, EspSink sink, int at, int length, int left) {
        PacketTap tap = tunnel.tap();
        if (tap != null) {
            tap.record(sink.array(), at, length, child.sa().spi());
        }
        EspVerdict verdict = encapsulator.seal(child.sa(), sink.array(), at, length);
        refusal = verdict;
        if (verdict != EspVerdict.OK) {
            tunnel.counters().outbound().count(verdict, left);
            return false;
        }
        sink.commit(encapsulator.resultLength(), encapsulator.outerTos());
        tunnel.counters().sealed(1, encapsulator.resultLength() + child.outerHeaderOctets());
        return true;
    }

    private void refuse(PacketSlot packet, long nowNanos) {
        if (refusal == EspVerdict.SELECTOR_MISMATCH) {
            icmp.prohibited(packet, nowNanos);
        }
    }

    /**
     * When data may be sent: {@code nowNanos}, a later time where an active tunnel is paced, or
     * {@link ConnectionEgress#BLOCKED} while its socket is full. Of two active tunnels the later one counts: who waits in the
     * queue is not known to belong to the other.
     */
    long readyAtNanos(long nowNanos) {
        ForwardingTable table = selector.table();
        long ready = nowNanos;
        for (int i = 0; i < table.activeCount(); i++) {
            ready = Math.max(ready, readyAtNanos(tunnels[table.active(i)], nowNanos));
        }
        return ready;
    }

    /** A tunnel without SA is ready: everything is refused at once, with ICMP. */
    private static long readyAtNanos(OutboundTunnel tunnel, long nowNanos) {
        OutboundChild child = tunnel.current();
        if (child == null) {
            return nowNanos;
        }
        return child.sink().isReady() ? tunnel.pacer().readyAtNanos(nowNanos) : ConnectionEgress.BLOCKED;
    }

    private void release(OutboundTunnel tunnel, int inboundSpi, long nowNanos) {
        OutboundChild child = tunnel.find(inboundSpi);
        if (child != null) {
            crew.settle(child, nowNanos);
            child.sink().flush();
            tunnel.remove(inboundSpi);
        }
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
            case OutboundCommand.Release(int tunnel, int inboundSpi, Runnable released) -> {
                release(tunnels[tunnel], inboundSpi, nowNanos);
                control.execute(released);
            }
            case OutboundCommand.Remove(int tunnel, int inboundSpi) -> tunnels[tunnel].remove(inboundSpi);
            case OutboundCommand.Reconfigure(ForwardingTable table, DfPolicy newDf) -> {
                selector.use(table);
                df = newDf;
            }
            case OutboundCommand.SetPacer(int tunnel, Pacer pacer) -> tunnels[tunnel].pacer(pacer);
            case OutboundCommand.SetUplinkMtu(int tunnel, int octets) -> tunnels[tunnel].uplinkMtu(octets);
            case OutboundCommand.SendProbe(Probe probe, IpAddressKey source, IpAddressKey target) ->
                probes.send(probe, source, target, selector.table().active(0), nowNanos);
            case OutboundCommand.Impair(int tunnel, OutboundLine line) -> tunnels[tunnel].impair(line);
            case OutboundCommand.SetFlowMtu(int innerMtuBytes) -> flowMtuBytes = innerMtuBytes;
            case OutboundCommand.Tap(int tunnel, PacketTap tap) -> tunnels[tunnel].tap(tap);
            case OutboundCommand.Foretell(byte[] packet, Consumer<PathForecast> done) -> {
                PathForecast forecast = PathForecast.of(packet, selector, tunnels, df, flowMtuBytes);
                control.execute(() -> done.accept(forecast));
            }
            case OutboundCommand.SetForwarding(ForwardingTable table, DataPlane.SwitchObserver done) -> {
                selector.use(table);
                unproved = table.activeCount() > 0;
                control.execute(() -> done.switched(nowNanos));
            }
        }
    }
}
