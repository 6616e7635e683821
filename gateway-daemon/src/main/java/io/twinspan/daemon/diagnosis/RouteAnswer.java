package io.twinspan.daemon.diagnosis;

/** What the kernel answers when it is asked for the way of a packet. */
public sealed interface RouteAnswer {
    /**
     * It leaves over a device.
     *
     * @param device where to
     * @param prefix the network of the route that was found, {@code 172.31.0.0/16}
     * @param gateway next hop; empty for none
     * @param metric of the route
     * @param origin who made the route: {@code static}, {@code kernel}, {@code twinspan}
     * @param from what the kernel was told of its origin: {@code from eth0}, {@code from this host}
     */
    record Leaves(String device, String prefix, String gateway, int metric, String origin, String from)
            implements RouteAnswer {}

    /**
     * It is thrown away by a route.
     *
     * @param kind blackhole, unreachable or prohibit
     * @param prefix the network of the route
     * @param metric of the route
     */
    record Discarded(String kind, String prefix, int metric) implements RouteAnswer {}

    /** It is for this host itself. */
    record Local() implements RouteAnswer {}

    /**
     * The kernel refuses.
     *
     * @param reason its error in words, with what it usually means
     */
    record Refused(String reason) implements RouteAnswer {}
}
