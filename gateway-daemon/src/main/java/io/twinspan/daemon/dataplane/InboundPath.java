package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspDecapsulator;
import io.twinspan.crypto.esp.EspLayout;
import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.buffer.PacketSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * From network to TUN, for all connections of a gateway. Runs on the inbound loop.
 *
 * <p>Packets are found by SPI alone and taken from every tunnel, active or not (RFC 4301 section 5.2). Nothing that comes
 * before a good ICV changes any state but counters.
 */
public final class InboundPath {
    private static final int UNKNOWN_SPI_EVENTS_PER_SECOND = 1;
    private static final int UNKNOWN_SPI_EVENTS_BURST = 5;
    private static final long MOVED_REPEAT_NANOS = 1_000_000_000L;

    private final SadTable table = new SadTable();
    private final HeaderRing headers = new HeaderRing(false);
    private final EspDecapsulator decapsulator = new EspDecapsulator();
    private final PacketAddresses addresses = new PacketAddresses();
    private final RateLimit unknownSpiEvents = new RateLimit(UNKNOWN_SPI_EVENTS_PER_SECOND, UNKNOWN_SPI_EVENTS_BURST);
    private final List<HostDelivery> holding = new ArrayList<>();
    private final DropCounters drops;
    private final Consumer<SaEvent> strangers;
    private final Executor control;

    /**
     * A path that knows no SA yet.
     *
     * @param drops counts what belongs to no SA
     * @param strangers told, at a limited rate, about unknown SPIs
     * @param control runs acknowledgements
     */
    public InboundPath(DropCounters drops, Consumer<SaEvent> strangers, Executor control) {
        this.drops = drops;
        this.strangers = strangers;
        this.control = control;
    }

    /** The headers of the last packets received; owned by the inbound loop. */
    HeaderRing headers() {
        return headers;
    }

    /** Takes one ESP packet, outer headers removed; the slot is free again when this returns. */
    public void accept(PacketSlot packet, Endpoint local, long nowNanos) {
        if (packet.length() < EspLayout.HEADER_BYTES) {
            drops.count(PathVerdict.ESP_TOO_SHORT);
            return;
        }
        int spi = EspLayout.spi(packet.array(), packet.offset());
        if (EspLayout.isReservedSpi(spi)) {
            drops.count(PathVerdict.ESP_RESERVED_SPI);
            return;
        }
        InboundChild child = table.find(spi);
        if (child == null) {
            drops.count(PathVerdict.UNKNOWN_SPI);
            tellUnknown(packet, local, spi, nowNanos);
            return;
        }
        InboundLine line = child.tunnel().line();
        if (line == null || line.passes(packet, nowNanos, this)) {
            open(child, packet, nowNanos);
        }
    }

    /** Takes the packets whose time on a drill's longer path is over. */
    void arrived(InboundLine line) {
        takeDelayed(line, false);
    }

    /** Its child SA may be gone by now, as after any other long path. */
    private void takeDelayed(InboundLine line, boolean all) {
        long now = line.nowNanos();
        for (PacketSlot packet = line.poll(now, all, this); packet != null; packet = line.poll(now, all, this)) {
            InboundChild child = table.find(EspLayout.spi(packet.array(), packet.offset()));
            if (child == null) {
                drops.count(PathVerdict.UNKNOWN_SPI);
            } else {
                open(child, packet, now);
            }
        }
        endOfBatch();
    }

    private void open(InboundChild child, PacketSlot packet, long nowNanos) {
        InboundTunnel tunnel = child.tunnel();
        EspVerdict verdict =
                decapsulator.open(child.sa(), packet.array(), packet.offset(), packet.length(), packet.trafficClass());
        if (decapsulator.wasAuthentic()) {
            authentic(child, packet, nowNanos);
        }
        if (verdict == EspVerdict.OK) {
            deliver(child, packet, nowNanos);
        } else {
            tunnel.counters().inbound().count(verdict);
        }
    }

    private static void authentic(InboundChild child, PacketSlot packet, long nowNanos) {
        InboundTunnel tunnel = child.tunnel();
        tunnel.counters()
                .authenticated(nowNanos, child.missingBefore(), packet.length() + EspOuterHeader.octets(packet));
        if (packet.reassembled()) {
            tunnel.counters().sizing().reassembled();
        }
        if (child.isFirstPacket()) {
            tunnel.tell(new SaEvent.FirstAuthenticated(tunnel.number(), child.spi(), nowNanos));
        }
        // RFC 7296 section 2.23: the address follows authentic packets only.
        if (child.hasMoved(packet, nowNanos, MOVED_REPEAT_NANOS)) {
            tunnel.tell(new SaEvent.PeerMoved(tunnel.number(), child.spi(), sender(packet)));
        }
    }

    private void deliver(InboundChild child, PacketSlot packet, long nowNanos) {
        InboundTunnel tunnel = child.tunnel();
        DropCounters dropped = tunnel.counters().inbound();
        byte[] octets = packet.array();
        int offset = decapsulator.resultOffset();
        int length = decapsulator.resultLength();
        PacketTap tap = tunnel.tap();
        if (tap != null) {
            tap.record(octets, offset, length, child.spi());
        }
        int answer = tunnel.probes().answerAt(octets, offset, length);
        if (answer != 0) {
            tellAnswer(tunnel, octets, answer, length, nowNanos);
            return;
        }
        addresses.read(octets, offset, length);
        if (!tunnel.allowsSource(addresses)) {
            dropped.count(PathVerdict.FOREIGN_INNER_SOURCE);
            return;
        }
        if (!tunnel.allowsDestination(addresses)) {
            dropped.count(PathVerdict.FOREIGN_INNER_DESTINATION);
            return;
        }
        int mtu = Math.min(child.innerMtuBytes(), tunnel.flowMtuBytes());
        SizeCounters.Way counters = tunnel.counters().sizing().in();
        InnerFit.clamp(counters, octets, offset, length, mtu);
        InnerFit.pass(counters, octets, offset);
        headers.record(tunnel.connection(), tunnel.number(), octets, offset, length, nowNanos);
        tunnel.counters().received(length);
        if (tunnel.host().add(octets, offset, length)) {
            holding.add(tunnel.host());
        }
    }

    private static void tellAnswer(InboundTunnel tunnel, byte[] octets, int answer, int length, long nowNanos) {
        tunnel.tell(new SaEvent.ProbeAnswered(
                ProbeFormat.kind(octets, answer),
                ProbeFormat.sequence(octets, answer),
                tunnel.number(),
                length,
                ProbeFormat.sentNanos(octets, answer),
                nowNanos));
    }

    /** Writes what was held back to be put together; ends every wake-up that called {@link #accept}. */
    public void endOfBatch() {
        for (int i = 0; i < holding.size(); i++) {
            holding.get(i).flush();
        }
        holding.clear();
    }

    private void tellUnknown(PacketSlot packet, Endpoint local, int spi, long nowNanos) {
        if (unknownSpiEvents.allow(nowNanos)) {
            strangers.accept(new SaEvent.UnknownSpi(local, sender(packet), spi));
        }
    }

    private static Endpoint sender(PacketSlot packet) {
        return new Endpoint(IpAddressKey.toAddress(packet.remoteHigh(), packet.remoteLow()), packet.remotePort());
    }

    /** Carries out a command, between packets. */
    void apply(InboundCommand command) {
        switch (command) {
            case InboundCommand.Install(InboundChild child, Runnable installed) -> {
                table.put(child);
                control.execute(installed);
            }
            case InboundCommand.Follow follow -> {
                InboundChild child = table.find(follow.inboundSpi());
                if (child != null) {
                    child.follow(follow.path());
                }
            }
            case InboundCommand.SetUplinkMtu(InboundTunnel tunnel, int octets) -> table.uplinkMtu(tunnel, octets);
            case InboundCommand.Reconfigure(InboundTunnel tunnel, PrefixSet local, PrefixSet remote) ->
                tunnel.reconfigure(local, remote);
            case InboundCommand.SetFlowMtu(InboundTunnel tunnel, int mtu) -> tunnel.flowMtu(mtu);
            case InboundCommand.Remove(int inboundSpi) -> {
                InboundChild child = table.remove(inboundSpi);
                if (child != null) {
                    child.destroyKeys();
                }
            }
            case InboundCommand.Tap(InboundTunnel tunnel, PacketTap tap) -> tunnel.tap(tap);
            case InboundCommand.Impair(InboundTunnel tunnel, InboundLine line) -> {
                InboundLine before = tunnel.line();
                tunnel.take(line);
                if (before != null) {
                    takeDelayed(before, true);
                }
            }
        }
    }
}
