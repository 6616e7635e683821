package io.twinspan.daemon.app;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.daemon.routing.RoutePlan;
import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that can be worked out, or refused, about a connection before anything of it exists.
 *
 * @param config what it is to be
 * @param routes what it needs from the host's network
 * @param outside the address that each tunnel sends from, by tunnel number
 * @param policies of the tunnels' IKE machines, by tunnel number
 */
record ConnectionDraft(
        ConnectionConfig config,
        RoutePlan routes,
        Map<Integer, InetAddress> outside,
        Map<Integer, IkePolicy> policies) {
    ConnectionDraft {
        outside = Map.copyOf(outside);
        policies = Map.copyOf(policies);
    }

    /** The address that a tunnel sends from. */
    InetAddress outside(int tunnel) {
        return there(outside.get(tunnel), tunnel);
    }

    /** The policy of a tunnel's IKE machine. */
    IkePolicy policy(int tunnel) {
        return there(policies.get(tunnel), tunnel);
    }

    private <T> T there(@Nullable T value, int tunnel) {
        if (value == null) {
            throw new IllegalStateException("tunnel " + config.name() + "/" + tunnel + " was forgotten");
        }
        return value;
    }
}
