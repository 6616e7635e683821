package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspEncapsulator;
import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.crypto.esp.OutboundSa;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends the probes of one connection past every queue. Owned by the outbound loop. */
final class ProbeSender {
    private final OutboundTunnel[] tunnels;
    private final ProbeFormat format;
    private final EspEncapsulator encapsulator;
    private final SealingCrew crew;
    private final Consumer<SaEvent> events;
    private final IpAddressKey[] ours = new IpAddressKey[ConnectionPlan.MAX_TUNNELS + 1];
    private final IpAddressKey[] peers = new IpAddressKey[ConnectionPlan.MAX_TUNNELS + 1];

    ProbeSender(
            ConnectionPlan plan,
            OutboundTunnel[] tunnels,
            ProbeFormat format,
            EspEncapsulator encapsulator,
            SealingCrew crew,
            Consumer<SaEvent> events) {
        this.tunnels = tunnels;
        this.format = format;
        this.encapsulator = encapsulator;
        this.crew = crew;
        this.events = events;
        for (TunnelPlan tunnel : plan.tunnels()) {
            ours[tunnel.number()] = IpAddressKey.of(tunnel.insideLocal());
            peers[tunnel.number()] = IpAddressKey.of(tunnel.insideRemote());
        }
    }

    /**
     * Sends a probe, and tells whether and where it went.
     *
     * @param source inner source; unspecified for our inside address
     * @param target inner destination; unspecified for the peer's inside address
     * @param active the tunnel of a probe that names none
     */
    void send(Probe probe, IpAddressKey source, IpAddressKey target, int active, long nowNanos) {
        int number = probe.tunnel() == DataPlane.NO_TUNNEL ? active : probe.tunnel();
        EspSink sink = number == DataPlane.NO_TUNNEL
                ? null
                : seal(
                        probe,
                        tunnels[number],
                        source.isUnspecified() ? ours[number] : source,
                        target.isUnspecified() ? peers[number] : target,
                        nowNanos);
        events.accept(new SaEvent.ProbeSent(
                probe.kind(), probe.sequence(), sink == null ? DataPlane.NO_TUNNEL : number, nowNanos));
        if (sink != null) {
            // Only now, so that on a short path the answer is not told first.
            sink.flush();
        }
    }

    /** The sink in which the probe stands; null where it cannot be sent. */
    private @Nullable EspSink seal(
            Probe probe, OutboundTunnel tunnel, IpAddressKey source, IpAddressKey target, long nowNanos) {
        OutboundChild child = tunnel.current();
        if (child == null) {
            return null;
        }
        // The crew's packets have their numbers already: overtaken by too many, they would fall out of the peer's
        // window.
        crew.settle(child, nowNanos);
        EspSink sink = child.sink();
        if (probe.unfragmented() && !sink.unfragmented(true)) {
            return null;
        }
        boolean sealed = write(probe, tunnel, child, sink, source, target, nowNanos);
        // Nothing else may leave with DF: a full socket keeps the probe, and the setting, for a moment longer.
        boolean left = !probe.unfragmented() || sink.unfragmented(false);
        return sealed && left ? sink : null;
    }

    private boolean write(
            Probe probe,
            OutboundTunnel tunnel,
            OutboundChild child,
            EspSink sink,
            IpAddressKey source,
            IpAddressKey target,
            long nowNanos) {
        OutboundSa sa = child.sa();
        DataCounters counters = tunnel.counters();
        int length = Math.max(probe.innerOctets(), target.isIpv4() ? Probe.MIN_IPV4_OCTETS : Probe.MIN_IPV6_OCTETS);
        int at = sink.claim(sa.headroomBytes() + length + sa.tailroomBytes(length));
        if (at == EspSink.NO_ROOM) {
            counters.outbound().count(PathVerdict.SEND_QUEUE_FULL);
            return false;
        }
        int inner = at + sa.headroomBytes();
        format.write(probe, source, target, nowNanos, sink.array(), inner);
        PacketTap tap = tunnel.tap();
        if (tap != null) {
            tap.record(sink.array(), inner, length, sa.spi());
        }
        EspVerdict verdict = encapsulator.seal(sa, sink.array(), inner, length);
        if (verdict != EspVerdict.OK) {
            counters.outbound().count(verdict);
            return false;
        }
        sink.commit(encapsulator.resultLength(), encapsulator.outerTos());
        counters.sealed(1, encapsulator.resultLength() + child.outerHeaderOctets());
        return true;
    }
}
