package io.twinspan.daemon.io;

/**
 * Settings of the gateway's sockets.
 *
 * @param ikePort 500 outside of tests
 * @param natTraversalPort 4500 outside of tests
 */
public record GatewayIoOptions(int ikePort, int natTraversalPort) {
    /** The ports of RFC 7296 and RFC 3948. */
    public static GatewayIoOptions defaults() {
        return new GatewayIoOptions(500, 4500);
    }
}
