package io.twinspan.daemon.http;

import java.net.InetAddress;

/**
 * How a request came, for those few routes that deal with logging in.
 *
 * @param peer address of the client; a loopback one on the Unix socket
 * @param door name of the listener's cookie; empty on the Unix socket, where there are no cookies
 * @param session secret name of the session in the cookie; empty for none
 * @param contentType of the body, without parameters
 */
record Visit(InetAddress peer, String door, String session, String contentType) {
    /** Over the Unix socket. */
    static final Visit UNIX = new Visit(InetAddress.getLoopbackAddress(), "", "", "");

    boolean isUnix() {
        return door.isEmpty();
    }

    /** Where it came from, for records. */
    String address() {
        return isUnix() ? "unix" : peer.getHostAddress();
    }

    @Override
    public String toString() {
        return "visit from " + address();
    }
}
