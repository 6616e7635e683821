package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.net.Endpoint;

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

    /** The TUN device of the connection was taken away by somebody else; its outbound traffic has ended. */
    default void deviceLost(String device, String reason) {}
}
