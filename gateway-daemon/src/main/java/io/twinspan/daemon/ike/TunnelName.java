package io.twinspan.daemon.ike;

/**
 * Names one tunnel of the gateway, which is one IKE peer.
 *
 * @param connection name of the connection
 * @param number number of the tunnel in it
 */
public record TunnelName(String connection, int number) {
    @Override
    public String toString() {
        return connection + "/" + number;
    }
}
