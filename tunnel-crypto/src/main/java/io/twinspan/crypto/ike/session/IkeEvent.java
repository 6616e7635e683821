package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.net.Endpoint;

/** What can happen to an {@link IkePeerMachine}. All of it is data; the instant is a parameter of the step. */
public sealed interface IkeEvent {
    /** The operator or the start-up wants the tunnel up: connect now, whatever the back-off says. */
    record Initiate() implements IkeEvent {}

    /**
     * The tunnel is to go down and stay down: delete what exists, then be idle.
     *
     * @param reason a sentence for the journal
     */
    record Close(String reason) implements IkeEvent {}

    /**
     * The path of this tunnel proved dead while its SAs stand: they are deleted, so that the peer sends elsewhere if it can
     * hear us, and a new connection is tried until one comes about. What the peer still sends on the old child SA is accepted
     * for a while: it may not have heard.
     *
     * @param reason a sentence for the journal
     */
    record Restart(String reason) implements IkeEvent {}

    /**
     * A datagram came from the network.
     *
     * @param local the endpoint it was sent to
     * @param remote the endpoint it came from
     * @param message the IKE message, without the non-ESP marker of port 4500; owned by the machine from here on
     */
    record DatagramReceived(Endpoint local, Endpoint remote, byte[] message) implements IkeEvent {}

    /** The instant that {@link IkePeerMachine#nextDeadlineNanos} named has come. Early or spurious ones are harmless. */
    record DeadlineReached() implements IkeEvent {}

    /**
     * The data path's news about life: the instant at which ESP of this peer last proved authentic.
     *
     * @param lastAuthenticatedNanos on the same clock as the step's
     */
    record TrafficSeen(long lastAuthenticatedNanos) implements IkeEvent {}

    /** The operator wants the child SA rekeyed. */
    record RekeyChildRequested() implements IkeEvent {}

    /** The operator wants the IKE SA rekeyed. */
    record RekeyIkeRequested() implements IkeEvent {}

    /**
     * A child SA has used up most of its sequence numbers or volume (RFC 4303 section 3.3.3).
     *
     * @param inboundSpi names the child SA
     */
    record ChildNearlyExhausted(int inboundSpi) implements IkeEvent {}

    /**
     * An authentic ESP packet came from a new outside endpoint: the NAT in between changed its mapping
     * (RFC 7296 section 2.23).
     *
     * @param inboundSpi the SA that authenticated it
     */
    record PeerMoved(int inboundSpi, Endpoint remote) implements IkeEvent {}

    /**
     * ESP with an SPI nobody knows came from this peer's address (RFC 7296 sections 1.5 and 2.21.4).
     *
     * @param spi the unknown SPI
     */
    record UnknownSpiReceived(int spi) implements IkeEvent {}
}
