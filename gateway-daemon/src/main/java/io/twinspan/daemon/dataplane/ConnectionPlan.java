package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.net.IpPrefix;
import java.util.List;

/**
 * What the packet path of one connection must know before any key is there.
 *
 * @param connection name of the connection, for logs
 * @param localPrefixes networks on our side: inner destinations allowed in, besides a tunnel's own inside address
 * @param remotePrefixes protected networks on the peer's side: inner destinations sent out, inner sources allowed in
 * @param uplinkMtuBytes MTU of the outside path; no ESP packet is built larger than this
 * @param df what becomes of an IPv4 packet with DF that is too large
 * @param tunnels one or two, in order of their numbers
 */
public record ConnectionPlan(
        String connection,
        List<IpPrefix> localPrefixes,
        List<IpPrefix> remotePrefixes,
        int uplinkMtuBytes,
        DfPolicy df,
        List<TunnelPlan> tunnels) {
    /** An AWS connection has two tunnels. */
    public static final int MAX_TUNNELS = 2;

    public ConnectionPlan {
        localPrefixes = List.copyOf(localPrefixes);
        remotePrefixes = List.copyOf(remotePrefixes);
        tunnels = List.copyOf(tunnels);
    }

    /** With the policy that holds where nobody says another. */
    public ConnectionPlan(
            String connection,
            List<IpPrefix> localPrefixes,
            List<IpPrefix> remotePrefixes,
            int uplinkMtuBytes,
            List<TunnelPlan> tunnels) {
        this(connection, localPrefixes, remotePrefixes, uplinkMtuBytes, DfPolicy.CLEAR, tunnels);
    }
}
