package io.twinspan.daemon.app;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.daemon.routing.RoutePlan;
import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;
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

    /** The settings of a tunnel. */
    TunnelConfig tunnel(int number) {
        return there(
                config.tunnels().stream()
                        .filter(tunnel -> tunnel.number() == number)
                        .findFirst()
                        .orElse(null),
                number);
    }

    /** The same connection with other settings and routes, and other policies for some of its tunnels. */
    ConnectionDraft revised(ConnectionConfig newConfig, RoutePlan newRoutes, Map<Integer, IkePolicy> newPolicies) {
        Map<Integer, IkePolicy> all = new TreeMap<>(policies);
        all.putAll(newPolicies);
        return new ConnectionDraft(newConfig, newRoutes, outside, all);
    }

    /** The same connection with one tunnel as another draft has it. */
    ConnectionDraft withTunnel(ConnectionConfig newConfig, ConnectionDraft other, int number) {
        Map<Integer, IkePolicy> all = new TreeMap<>(policies);
        all.put(number, other.policy(number));
        Map<Integer, InetAddress> addresses = new TreeMap<>(outside);
        addresses.put(number, other.outside(number));
        return new ConnectionDraft(newConfig, other.routes(), addresses, all);
    }

    private <T> T there(@Nullable T value, int tunnel) {
        if (value == null) {
            throw new IllegalStateException("tunnel " + config.name() + "/" + tunnel + " was forgotten");
        }
        return value;
    }
}
