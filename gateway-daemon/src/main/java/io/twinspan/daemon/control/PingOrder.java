package io.twinspan.daemon.control;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Pings to be sent inside a tunnel.
 *
 * @param connection its name
 * @param tunnel its number; 0 for the tunnel that carries the traffic at each instant
 * @param target a host behind the peer; null for the peer's inside address
 * @param count how many
 * @param intervalNanos between two
 * @param innerOctets length of each packet, its IP header included
 */
public record PingOrder(
        String connection, int tunnel, @Nullable InetAddress target, int count, long intervalNanos, int innerOctets) {
    /** The most that one order may send. */
    public static final int MAX_COUNT = 10_000;

    /** The shortest interval: a hundred a second disturb nobody. */
    public static final long MIN_INTERVAL_NANOS = 10_000_000;

    /** The longest interval. */
    public static final long MAX_INTERVAL_NANOS = 60_000_000_000L;

    /** Refuses what would be no order, with a sentence. */
    public PingOrder {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("a count is from 1 to " + MAX_COUNT);
        }
        if (intervalNanos < MIN_INTERVAL_NANOS || intervalNanos > MAX_INTERVAL_NANOS) {
            throw new IllegalArgumentException("an interval is from 10ms to 60s");
        }
    }
}
