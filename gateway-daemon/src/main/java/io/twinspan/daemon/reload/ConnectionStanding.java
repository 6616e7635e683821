package io.twinspan.daemon.reload;

import java.util.List;
import java.util.Set;

/**
 * How a connection stands before it is changed.
 *
 * @param tunnels how many it has
 * @param carrying numbers of the tunnels that carry its traffic
 * @param up numbers of the tunnels over which packets arrive
 */
public record ConnectionStanding(int tunnels, List<Integer> carrying, Set<Integer> up) {
    public ConnectionStanding {
        carrying = List.copyOf(carrying);
        up = Set.copyOf(up);
    }

    /** Another tunnel that could carry the traffic; 0 for none. */
    int other(int tunnel) {
        return up.stream().filter(number -> number != tunnel).findFirst().orElse(0);
    }
}
