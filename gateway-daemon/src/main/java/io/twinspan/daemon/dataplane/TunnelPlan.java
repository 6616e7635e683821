package io.twinspan.daemon.dataplane;

import java.net.InetAddress;

/**
 * What the packet path must know about one tunnel before it has keys.
 *
 * @param number 1 or 2
 * @param insideLocal our inside address
 * @param insideRemote the peer's inside address; traffic for it stays on this tunnel whichever tunnel is active
 */
public record TunnelPlan(int number, InetAddress insideLocal, InetAddress insideRemote) {
    public TunnelPlan {
        if (number < 1 || number > ConnectionPlan.MAX_TUNNELS) {
            throw new IllegalArgumentException("tunnel number " + number + " is not 1 or 2");
        }
    }
}
