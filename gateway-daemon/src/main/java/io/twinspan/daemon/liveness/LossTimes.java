package io.twinspan.daemon.liveness;

/**
 * How the loss of a tunnel came about, on the monotonic clock.
 *
 * @param lastGoodNanos last sign of life; {@code Long.MIN_VALUE} where there never was one
 * @param suspectedNanos first suspicion
 * @param verdictNanos when the tunnel was given up
 */
public record LossTimes(long lastGoodNanos, long suspectedNanos, long verdictNanos) {}
