package io.twinspan.daemon.control;

import java.time.Instant;

/**
 * A move of a connection's traffic that took place.
 *
 * @param at when it was decided
 * @param from number of the tunnel before, 0 for none
 * @param to number of the tunnel after, 0 for none
 * @param cause the kind, in lower case
 * @param reason a sentence
 * @param tookNanos from the decision until the outbound loop had switched
 */
public record SwitchRecord(Instant at, int from, int to, String cause, String reason, long tookNanos) {}
