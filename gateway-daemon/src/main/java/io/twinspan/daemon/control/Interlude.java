package io.twinspan.daemon.control;

import io.twinspan.daemon.failover.FailoverState;
import java.util.HashSet;
import java.util.Set;

/**
 * What a drill, a change of the configuration or a fault does to a connection for a while, as against what operators order.
 * Orders alone are for the next process: it knows of no drill that would end, and no change that would go on. Control loop only.
 */
final class Interlude {
    private final Set<Integer> down = new HashSet<>();
    private boolean moved;
    private int ordered = FailoverState.NO_TUNNEL;

    /** Traffic is moved for a while; what was ordered before the first such move counts when it is over. */
    void move(int pinned) {
        if (!moved) {
            moved = true;
            ordered = pinned;
        }
    }

    /** True while traffic is somewhere for a while only. */
    boolean isMoved() {
        return moved;
    }

    /** The move is over, or an operator has chosen since; tells the tunnel that was ordered before. */
    int endMove() {
        int before = ordered;
        moved = false;
        ordered = FailoverState.NO_TUNNEL;
        return before;
    }

    /** The order for this tunnel is over, where it is the one that waits. */
    void expire(int tunnel) {
        if (ordered == tunnel) {
            ordered = FailoverState.NO_TUNNEL;
        }
    }

    /** The tunnel that an operator has chosen, given the one that the traffic is held on now. */
    int ordered(int pinned) {
        return moved ? ordered : pinned;
    }

    /** The tunnel is down for a while. */
    void takeDown(int tunnel) {
        down.add(tunnel);
    }

    /** The tunnel is up again, or down by an order. */
    void endDown(int tunnel) {
        down.remove(tunnel);
    }

    /** True for a tunnel that is down for a while. */
    boolean isDown(int tunnel) {
        return down.contains(tunnel);
    }
}
