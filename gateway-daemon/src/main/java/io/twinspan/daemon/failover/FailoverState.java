package io.twinspan.daemon.failover;

import java.util.List;
import java.util.Map;

/**
 * Where a connection's traffic goes.
 *
 * @param carrying numbers of the tunnels that carry it, in order; empty refuses everything
 * @param pinned tunnel that the operator chose and that has not been lost since, or {@link #NO_TUNNEL}
 * @param peerSends tunnel through which the peer sends, or {@link #NO_TUNNEL} where that is not known
 * @param standings of every tunnel by number
 */
public record FailoverState(List<Integer> carrying, int pinned, int peerSends, Map<Integer, TunnelStanding> standings) {
    /** The number of no tunnel. */
    public static final int NO_TUNNEL = 0;

    public FailoverState {
        carrying = List.copyOf(carrying);
        standings = Map.copyOf(standings);
    }

    /** The first tunnel that carries traffic, or {@link #NO_TUNNEL}. */
    public int active() {
        return carrying.isEmpty() ? NO_TUNNEL : carrying.getFirst();
    }

    /** Standing of a tunnel of this connection. */
    public TunnelStanding standing(int tunnel) {
        TunnelStanding standing = standings.get(tunnel);
        if (standing == null) {
            throw new IllegalArgumentException("no tunnel " + tunnel);
        }
        return standing;
    }

    /** True where the loss of any one tunnel would be covered by another that is ready now. */
    public boolean redundant() {
        return !carrying.isEmpty()
                && standings.values().stream().filter(TunnelStanding::isReady).count() > 1;
    }

    FailoverState carrying(List<Integer> tunnels) {
        return new FailoverState(tunnels, pinned, peerSends, standings);
    }

    /** The same with another choice of the operator; {@link #NO_TUNNEL} for none. */
    public FailoverState pinned(int tunnel) {
        return new FailoverState(carrying, tunnel, peerSends, standings);
    }

    FailoverState peerSends(int tunnel) {
        return new FailoverState(carrying, pinned, tunnel, standings);
    }
}
