package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspPath;
import org.jspecify.annotations.Nullable;

/** What the control loop asks of the inbound path. */
sealed interface InboundCommand extends DataCommand {
    /** Opens packets of a child SA from now on, then runs {@code installed} on the control loop. */
    record Install(InboundChild child, Runnable installed) implements InboundCommand {}

    /** Expects a child SA's packets from another endpoint. */
    record Follow(int inboundSpi, EspPath path) implements InboundCommand {}

    /** Limits the outer packets of a tunnel's child SAs. */
    record SetUplinkMtu(InboundTunnel tunnel, int octets) implements InboundCommand {}

    /** Clamps segment sizes that come out of a tunnel to what fits this inner MTU. */
    record SetFlowMtu(InboundTunnel tunnel, int innerMtuBytes) implements InboundCommand {}

    /** Lets other networks in and out of a tunnel. */
    record Reconfigure(InboundTunnel tunnel, PrefixSet localPrefixes, PrefixSet remotePrefixes)
            implements InboundCommand {}

    /** Forgets a child SA and its keys. */
    record Remove(int inboundSpi) implements InboundCommand {}

    /** Puts a drill's path in front of a tunnel, or takes it away. */
    record Impair(InboundTunnel tunnel, @Nullable InboundLine line) implements InboundCommand {}

    /** Copies a tunnel's packets from now on, or no more. */
    record Tap(InboundTunnel tunnel, @Nullable PacketTap tap) implements InboundCommand {}
}
