package io.twinspan.daemon.io;

/**
 * Settings of the gateway's sockets.
 *
 * @param ikePort 500 outside of tests
 * @param natTraversalPort 4500 outside of tests
 * @param offloads whether TUN devices and UDP sockets take several packets as one
 * @param socketBufferOctets size of each socket's two buffers
 */
public record GatewayIoOptions(int ikePort, int natTraversalPort, boolean offloads, int socketBufferOctets) {
    private static final int BUFFER_OCTETS = 4 << 20;

    /** The ports of RFC 7296 and RFC 3948. */
    public static GatewayIoOptions defaults() {
        return new GatewayIoOptions(500, 4500, true, BUFFER_OCTETS);
    }
}
