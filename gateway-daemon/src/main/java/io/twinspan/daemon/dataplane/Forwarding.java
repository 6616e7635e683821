package io.twinspan.daemon.dataplane;

import java.util.List;

/**
 * Which tunnels carry the protected prefixes.
 *
 * @param tunnels none refuses everything; one carries all; of two, each flow stays on one
 */
public record Forwarding(List<Integer> tunnels) {
    /** Refuses everything with ICMP. */
    public static final Forwarding NONE = new Forwarding(List.of());

    public Forwarding {
        tunnels = List.copyOf(tunnels);
        if (tunnels.size() > ConnectionPlan.MAX_TUNNELS) {
            throw new IllegalArgumentException("traffic over " + tunnels + " is over more tunnels than there are");
        }
    }

    /** All traffic through one tunnel; through none for {@link DataPlane#NO_TUNNEL}. */
    public static Forwarding to(int tunnel) {
        return tunnel == DataPlane.NO_TUNNEL ? NONE : new Forwarding(List.of(tunnel));
    }
}
