package io.twinspan.daemon.app;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.sys.Rtnetlink;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Works out connections from their configuration and from what the host has; changes nothing. Keeper thread. */
final class ConnectionDrafts {
    private final PeerPolicies policies;

    /** @param policies knows what this machine can offer */
    ConnectionDrafts(PeerPolicies policies) {
        this.policies = policies;
    }

    /**
     * Drafts of connections, in their order.
     *
     * @throws StartupException where one of them cannot work on this host
     */
    List<ConnectionDraft> of(List<ConnectionConfig> connections) {
        try (Rtnetlink netlink = new Rtnetlink()) {
            List<InetAddress> addresses = netlink.addresses();
            int largestMtu = netlink.largestLinkMtu();
            return connections.stream()
                    .map(connection -> of(connection, largestMtu, addresses))
                    .toList();
        }
    }

    private ConnectionDraft of(ConnectionConfig connection, int largestMtu, List<InetAddress> addresses) {
        Map<Integer, InetAddress> outside = new TreeMap<>();
        Map<Integer, IkePolicy> peers = new TreeMap<>();
        for (TunnelConfig tunnel : connection.tunnels()) {
            TunnelName name = new TunnelName(connection.name(), tunnel.number());
            InetAddress local = OutsideAddresses.of(name, tunnel);
            outside.put(tunnel.number(), local);
            peers.put(tunnel.number(), policies.of(name.toString(), tunnel, local));
        }
        return new ConnectionDraft(connection, Plans.route(connection, largestMtu, addresses), outside, peers);
    }
}
