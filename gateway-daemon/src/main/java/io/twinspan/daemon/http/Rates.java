package io.twinspan.daemon.http;

import io.twinspan.daemon.control.LiveSample;
import io.twinspan.daemon.history.Series;
import io.twinspan.daemon.history.TunnelSample;
import java.util.List;
import java.util.Optional;

/**
 * What flows through each tunnel now: octets in the last whole second.
 *
 * @param samples the newest of each connection
 */
record Rates(List<LiveSample> samples) {
    static final Rates UNKNOWN = new Rates(List.of());

    Rates {
        samples = List.copyOf(samples);
    }

    /** Received, as {@code 312 Mb/s}; a dash before the first second is over. */
    String in(String connection, int tunnel) {
        return of(connection, tunnel, Series.BYTES_IN);
    }

    /** Sent. */
    String out(String connection, int tunnel) {
        return of(connection, tunnel, Series.BYTES_OUT);
    }

    private String of(String connection, int tunnel, Series series) {
        return samples.stream()
                .filter(sample -> sample.connection().equals(connection))
                .flatMap(sample ->
                        Optional.<TunnelSample>ofNullable(sample.tunnels().get(tunnel)).stream())
                .map(sample -> sample.value(series))
                .filter(value -> !Float.isNaN(value))
                .findFirst()
                .map(value -> Quantity.bitRate(Math.round(value * 8.0)))
                .orElse("-");
    }
}
