package io.twinspan.daemon.control;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What an order is about.
 *
 * @param connection name of the connection
 * @param tunnel number of the tunnel, 0 for all of them
 */
public record TunnelTarget(String connection, int tunnel) {
    /** Stands for every tunnel of the connection. */
    public static final int ALL = 0;

    /** What to tell who named a connection that is not there. */
    public static String unknown(String connection, Collection<String> known) {
        return "no connection '" + connection + "'; there is "
                + (known.isEmpty()
                        ? "none"
                        : known.stream().map(it -> "'" + it + "'").collect(Collectors.joining(", ")));
    }
}
