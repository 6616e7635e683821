package io.twinspan.daemon.control;

/**
 * What an order is about.
 *
 * @param connection name of the connection
 * @param tunnel number of the tunnel, 0 for all of them
 */
public record TunnelTarget(String connection, int tunnel) {
    /** Stands for every tunnel of the connection. */
    public static final int ALL = 0;
}
