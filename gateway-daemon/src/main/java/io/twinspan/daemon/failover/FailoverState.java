package io.twinspan.daemon.failover;

import java.util.Map;

/**
 * Where a connection's traffic goes.
 *
 * @param active number of the tunnel that carries it, or {@link #NO_TUNNEL}
 * @param pinned tunnel that the operator chose and that has not been lost since, or {@link #NO_TUNNEL}
 * @param standings of every tunnel by number
 */
public record FailoverState(int active, int pinned, Map<Integer, TunnelStanding> standings) {
    /** The number that means "refuse everything". */
    public static final int NO_TUNNEL = 0;

    public FailoverState {
        standings = Map.copyOf(standings);
    }

    /** Standing of a tunnel of this connection. */
    public TunnelStanding standing(int tunnel) {
        TunnelStanding standing = standings.get(tunnel);
        if (standing == null) {
            throw new IllegalArgumentException("no tunnel " + tunnel);
        }
        return standing;
    }

    /** True where the loss of the active tunnel would be covered by a tunnel that is ready now. */
    public boolean redundant() {
        return active != NO_TUNNEL
                && standings.values().stream()
                                .filter(standing -> standing.rank() == 0)
                                .count()
                        > 1;
    }
}
