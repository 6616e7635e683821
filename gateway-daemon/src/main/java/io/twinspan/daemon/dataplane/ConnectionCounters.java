package io.twinspan.daemon.dataplane;

import java.util.Map;

/** The counters of a connection: one set for each tunnel, and drops that belong to none. */
final class ConnectionCounters {
    private final DataCounters[] tunnels = new DataCounters[ConnectionPlan.MAX_TUNNELS + 1];
    private final DropCounters outbound = new DropCounters();
    private final DropCounters inbound = new DropCounters();

    ConnectionCounters() {
        for (int number = 1; number < tunnels.length; number++) {
            tunnels[number] = new DataCounters();
        }
    }

    DataCounters tunnel(int number) {
        return tunnels[number];
    }

    /** Drops before a tunnel was chosen; written by the outbound loop. */
    DropCounters outbound() {
        return outbound;
    }

    /** Drops after the tunnels' packets came together; written by the inbound loop. */
    DropCounters inbound() {
        return inbound;
    }

    Map<String, Long> drops() {
        Map<String, Long> result = outbound.snapshot();
        inbound.addTo(result);
        return result;
    }
}
