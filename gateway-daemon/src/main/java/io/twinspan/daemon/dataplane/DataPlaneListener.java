package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.net.Endpoint;
import java.net.InetAddress;

/** News from the data loops, delivered on the control loop. */
public interface DataPlaneListener {
    /** The first packet on a new inbound SA proved authentic. */
    void firstAuthenticated(int tunnel, int inboundSpi, long atNanos);

    /** An SA has used up most of its sequence numbers or volume: rekey now. */
    void nearlyExhausted(int tunnel, int inboundSpi);

    /** Authentic ESP came from a new outside endpoint. */
    void peerMoved(int tunnel, int inboundSpi, Endpoint remote);

    /** ESP with an unknown SPI came; already rate limited by the data loop. */
    void unknownSpi(Endpoint local, Endpoint remote, int spi);

    /**
     * A probe was sent.
     *
     * @param tunnel it went through; {@link DataPlane#NO_TUNNEL} where it could not be sent at all
     * @param atNanos outbound loop's clock
     */
    default void probeSent(ProbeKind kind, int sequence, int tunnel, long atNanos) {}

    /**
     * A probe was answered.
     *
     * @param tunnel the answer came through
     * @param innerOctets length of the answer, or of its first fragment
     * @param sentNanos when the probe was sent
     * @param atNanos when the answer was opened
     */
    default void probeAnswered(
            ProbeKind kind, int sequence, int tunnel, int innerOctets, long sentNanos, long atNanos) {}

    /** The first packet of protected traffic since the last {@link DataPlane#setForwarding} was sent. */
    default void firstForwarded(int tunnel, long atNanos) {}

    /**
     * A packet was too large for its tunnel and its sender is to hear of it; already rate limited by the data loop.
     *
     * @param tunnel that it was too large for
     * @param message the whole ICMP message, from its type on; the checksum of an ICMPv6 message is left to the kernel
     */
    default void tooBig(int tunnel, InetAddress sender, byte[] message) {}

    /** The TUN device of the connection was taken away by somebody else; its outbound traffic has ended. */
    default void deviceLost(String device, String reason) {}
}
