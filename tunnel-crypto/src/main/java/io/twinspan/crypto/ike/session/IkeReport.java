package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IkeSuite;

/**
 * News from an {@link IkePeerMachine}, for people and for the machines above it. No secrets; texts that came from the
 * peer are escaped and bounded before they get here.
 */
public sealed interface IkeReport {
    /** A first IKE_SA_INIT is on its way; attempt counts from 1 since the tunnel was last up. */
    record Connecting(int attempt) implements IkeReport {}

    /** An IKE SA is authenticated. */
    record IkeSaEstablished(
            long localSpi, long remoteSpi, IkeSuite suite, boolean initiator, boolean natDetected, Endpoint remote)
            implements IkeReport {}

    /** A new IKE SA has replaced an old one and inherited its children. */
    record IkeSaRekeyed(long oldLocalSpi, long newLocalSpi, boolean byUs) implements IkeReport {}

    /** A first child SA exists and outbound traffic may use it: the tunnel carries packets. */
    record ChildSaEstablished(int inboundSpi, int outboundSpi, EspSuite suite, boolean udpEncapsulated)
            implements IkeReport {}

    /**
     * The SAs of a process before this one are taken up; nothing was sent for it.
     *
     * @param ikeSas how many IKE SAs stand, those on their way out included
     * @param childSas how many child SAs stand, in the same way
     * @param inboundSpi of the child SA that traffic uses, or 0 where there is none
     * @param outboundSpi the peer's SPI of it, or 0
     */
    record Resumed(int ikeSas, int childSas, int inboundSpi, int outboundSpi) implements IkeReport {
        /** True where the tunnel carries packets. */
        public boolean carries() {
            return inboundSpi != 0;
        }
    }

    /** A child SA was replaced, make before break. */
    record ChildSaRekeyed(int oldInboundSpi, int newInboundSpi, boolean byUs) implements IkeReport {}

    /** A child SA is gone and another carries on. */
    record ChildSaDeleted(int inboundSpi, boolean byPeer) implements IkeReport {}

    /**
     * The tunnel cannot carry packets any more.
     *
     * @param cause the kind, for machines
     * @param detail a sentence with numbers, for people
     */
    record Down(DownCause cause, String detail) implements IkeReport {}

    /** The next attempt starts after this pause. */
    record BackingOff(long delayNanos, int attempt) implements IkeReport {}

    /** A request went unanswered and was sent again, octet for octet. */
    record Retransmitted(String exchange, int transmission) implements IkeReport {}

    /** A liveness check was answered. */
    record PeerAlive(long roundTripNanos) implements IkeReport {}

    /** The peer broke a rule; counted by the enum's name. */
    record Misbehaved(IkeMisbehaviour misbehaviour, String detail) implements IkeReport {}

    /** One negotiation was refused or failed while the rest goes on (rekey refused, selectors not acceptable ...). */
    record NegotiationFailed(String exchange, String detail) implements IkeReport {}

    /**
     * An exchange is over.
     *
     * @param exchange of RFC 7296 section 1
     * @param purpose what it was for
     * @param byUs true where the request was ours
     * @param outcome how it ended
     * @param tookNanos from the first transmission of our request until the end; 0 where the request was the peer's
     */
    record ExchangeEnded(ExchangeType exchange, Purpose purpose, boolean byUs, Outcome outcome, long tookNanos)
            implements IkeReport {}

    /** What an exchange is for. */
    enum Purpose {
        /** A first IKE SA and its child SA. */
        CONNECT,
        /** A check whether the peer lives (RFC 7296 section 2.4). */
        LIVENESS,
        /** A new IKE SA instead of an old one. */
        REKEY_IKE,
        /** A new child SA instead of an old one. */
        REKEY_CHILD,
        /** A DELETE, a notify, or a child SA that replaces none. */
        OTHER
    }

    /** How an exchange ends. */
    enum Outcome {
        /** With a response that grants what was asked. */
        ANSWERED,
        /** With a response that refuses it, or that cannot be used. */
        REFUSED,
        /** Without a response. */
        UNANSWERED
    }

    /** The peer's outside endpoint changed behind its NAT. */
    record PeerEndpointChanged(Endpoint from, Endpoint to) implements IkeReport {}

    /** Why a tunnel went down. */
    enum DownCause {
        /** Retransmissions of a request went unanswered (liveness check included). */
        PEER_SILENT,
        /** The peer sent a DELETE for the IKE SA or the last child SA. */
        PEER_DELETED,
        /** Authentication failed, either way. */
        AUTHENTICATION_FAILED,
        /** No proposal was acceptable, either way. */
        NO_PROPOSAL_CHOSEN,
        /** Traffic selectors were not acceptable, either way. */
        SELECTORS_UNACCEPTABLE,
        /** Another refusal or a message that breaks the protocol. */
        NEGOTIATION_FAILED,
        /** A lifetime ended before a rekey succeeded. */
        LIFETIME_EXPIRED,
        /** The peer came back without its state (INITIAL_CONTACT). */
        PEER_RESTARTED,
        /** The operator or the shutdown closed it. */
        CLOSED
    }
}
