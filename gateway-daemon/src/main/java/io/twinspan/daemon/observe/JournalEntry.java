package io.twinspan.daemon.observe;

import java.time.Instant;

/**
 * An event as the journal keeps it.
 *
 * @param sequence counts from 1 without gaps; a gap seen by a reader means that the ring was overwritten
 * @param time wall clock, for people
 * @param monotonicNanos monotonic clock, for differences
 * @param event what happened
 */
public record JournalEntry(long sequence, Instant time, long monotonicNanos, GatewayEvent event) {}
