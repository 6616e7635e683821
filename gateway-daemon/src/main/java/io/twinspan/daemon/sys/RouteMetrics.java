package io.twinspan.daemon.sys;

/**
 * Sizes that a route carries, RTA_METRICS.
 *
 * @param mtuBytes largest packet that the kernel puts on this route, above the device's MTU even; 0 leaves it to the device
 * @param advertisedMssBytes segment size that the host's own TCP announces; 0 leaves it to the MTU
 */
public record RouteMetrics(int mtuBytes, int advertisedMssBytes) {
    /** Nothing of its own. */
    public static final RouteMetrics NONE = new RouteMetrics(0, 0);
}
