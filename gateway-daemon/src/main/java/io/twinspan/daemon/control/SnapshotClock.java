package io.twinspan.daemon.control;

import java.time.Duration;
import java.time.Instant;

/**
 * The instant of a snapshot on both clocks.
 *
 * @param monotonicNanos monotonic clock
 * @param wall wall clock
 */
public record SnapshotClock(long monotonicNanos, Instant wall) {
    /** The wall time of a monotonic instant. */
    public Instant wallTimeOf(long instantNanos) {
        return wall.plusNanos(instantNanos - monotonicNanos);
    }

    /** Time left until a monotonic instant; negative where it has passed. */
    public Duration until(long instantNanos) {
        return Duration.ofNanos(instantNanos - monotonicNanos);
    }
}
