package io.twinspan.daemon.failover;

import java.util.List;

/**
 * A connection's fail-over settings.
 *
 * @param tunnels numbers of the tunnels, at least one, all positive
 * @param preferredTunnel takes the traffic when both come up for the first time
 * @param holdDownNanos how long a tunnel that was lost must stay up before it counts as standby again
 */
public record FailoverPolicy(List<Integer> tunnels, int preferredTunnel, long holdDownNanos) {
    public FailoverPolicy {
        tunnels = List.copyOf(tunnels);
        if (tunnels.isEmpty() || tunnels.stream().anyMatch(number -> number <= FailoverState.NO_TUNNEL)) {
            throw new IllegalArgumentException("tunnel numbers " + tunnels + " are not all positive");
        }
        if (holdDownNanos < 0) {
            throw new IllegalArgumentException("hold-down " + holdDownNanos + " ns is negative");
        }
    }
}
