package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.daemon.queue.Pacer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the control loop asks of one connection's outbound path. */
sealed interface OutboundCommand extends DataCommand {
    /** Knows a child SA's sending half, without using it yet. */
    record Install(int tunnel, OutboundChild child) implements OutboundCommand {}

    /** Sends a tunnel's traffic on a child SA. */
    record Switch(int tunnel, int inboundSpi) implements OutboundCommand {}

    /** Sends a child SA's packets to another endpoint. */
    record Follow(int tunnel, int inboundSpi, EspPath path, EspSink sink) implements OutboundCommand {}

    /** Forgets a child SA and its keys. */
    record Remove(int tunnel, int inboundSpi) implements OutboundCommand {}

    /** Puts a drill's path behind a tunnel, or takes it away. */
    record Impair(int tunnel, @Nullable OutboundLine line) implements OutboundCommand {}

    /** Clamps segment sizes to what fits this inner MTU. */
    record SetFlowMtu(int innerMtuBytes) implements OutboundCommand {}
    /** Forgets the sending half of a child SA once what was built for it has left, then runs {@code released}. */
    record Release(int tunnel, int inboundSpi, Runnable released) implements OutboundCommand {}

    /** Moves the traffic of the protected prefixes. */
    record SetForwarding(ForwardingTable table, DataPlane.SwitchObserver done) implements OutboundCommand {}

    /** Takes other networks and another DF policy. */
    record Reconfigure(ForwardingTable table, DfPolicy df) implements OutboundCommand {}

    /** Limits what a tunnel sends from now on. */
    record SetPacer(int tunnel, Pacer pacer) implements OutboundCommand {}

    /** Limits the outer packets of a tunnel's child SAs. */
    record SetUplinkMtu(int tunnel, int octets) implements OutboundCommand {}

    /** Sends a probe. */
    record SendProbe(Probe probe, IpAddressKey source, IpAddressKey target) implements OutboundCommand {}

    /** Copies a tunnel's packets from now on, or no more. */
    record Tap(int tunnel, @Nullable PacketTap tap) implements OutboundCommand {}

    /** Tells what would become of a packet, on the control loop. */
    @SuppressWarnings("ArrayRecordComponent")
    record Foretell(byte[] packet, Consumer<PathForecast> done) implements OutboundCommand {}
}
