package io.twinspan.daemon.control;

import io.twinspan.daemon.history.TunnelSample;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A connection's newest sample.
 *
 * @param connection name
 * @param at wall time of the sample, which stands for the second that began then
 * @param tunnels by number of the tunnel
 */
public record LiveSample(String connection, Instant at, SortedMap<Integer, TunnelSample> tunnels) {
    public LiveSample {
        tunnels = new TreeMap<>(tunnels);
    }
}
