package io.twinspan.daemon.control;

import io.twinspan.daemon.history.HistoryColumns;
import io.twinspan.daemon.history.HistoryRange;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A connection's past, the same steps for each tunnel.
 *
 * @param connection name
 * @param range what was asked for
 * @param from wall time of the first sample; of the question where there is none
 * @param count samples
 * @param tunnels columns by number of the tunnel; states are places in {@link #states}
 */
public record ConnectionHistory(
        String connection, HistoryRange range, Instant from, int count, SortedMap<Integer, HistoryColumns> tunnels) {
    public ConnectionHistory {
        tunnels = new TreeMap<>(tunnels);
    }

    /** The states that samples name by their place in it. */
    public static List<TunnelState> states() {
        return List.of(TunnelState.values());
    }
}
