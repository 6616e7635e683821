package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.crypto.net.Endpoint;

/**
 * What an {@link IkePeerMachine} wants done, in this order. A child SA is named by its inbound SPI everywhere.
 *
 * <p>The interpreter must have an inbound SA in place before it sends the datagram that follows, so that the peer never
 * sends into a hole.
 */
public sealed interface IkeEffect {
    /** Send one IKE message; the shell puts the non-ESP marker in front where the local port is 4500. */
    record SendDatagram(Endpoint local, Endpoint remote, byte[] message) implements IkeEffect {}

    /** Send the one-octet keepalive of RFC 3948 section 2.3. */
    record SendNatKeepalive(Endpoint local, Endpoint remote) implements IkeEffect {}

    /** Accept ESP on this SPI from now on. */
    record InstallInbound(EspSaParameters parameters, EspPath path) implements IkeEffect {}

    /**
     * Make the outbound half known; nothing is sent on it until {@link SwitchOutbound}.
     *
     * @param inboundSpi names the child SA
     */
    record InstallOutbound(int inboundSpi, EspSaParameters parameters, EspPath path) implements IkeEffect {}

    /** Send on this child SA from now on, and on no other of this peer. */
    record SwitchOutbound(int inboundSpi) implements IkeEffect {}

    /** The peer's outside endpoint changed: all child SAs named before keep their keys and take this path. */
    record UpdatePath(int inboundSpi, EspPath path) implements IkeEffect {}

    /**
     * Forget the sending half of a child SA; the receiving half opens late packets until {@link RemoveChild}. What follows,
     * which may tell the peer to forget its receiving half, waits until the last packet on the old way has been sent.
     */
    record ReleaseOutbound(int inboundSpi) implements IkeEffect {}

    /** Forget both halves of a child SA; its keys are to be destroyed. */
    record RemoveChild(int inboundSpi) implements IkeEffect {}

    /** Tell the journal, the log and the counters. */
    record Report(IkeReport report) implements IkeEffect {}
}
