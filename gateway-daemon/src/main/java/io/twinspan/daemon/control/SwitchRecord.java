package io.twinspan.daemon.control;

import java.time.Instant;
import java.util.List;

/**
 * A move of a connection's traffic that took place.
 *
 * @param at when it was decided
 * @param from number of the tunnel that was left, 0 for none
 * @param to number of the tunnel that took over, 0 for none
 * @param carrying all tunnels that carry traffic since
 * @param cause the kind, in lower case
 * @param failure true where something broke, false where nothing was to be lost
 * @param reason a sentence
 * @param tookNanos from the decision until the outbound loop had switched
 * @param times its anatomy
 */
public record SwitchRecord(
        Instant at,
        int from,
        int to,
        List<Integer> carrying,
        String cause,
        boolean failure,
        String reason,
        long tookNanos,
        SwitchTimes times) {
    public SwitchRecord {
        carrying = List.copyOf(carrying);
    }

    SwitchRecord with(SwitchTimes newTimes) {
        return new SwitchRecord(at, from, to, carrying, cause, failure, reason, tookNanos, newTimes);
    }
}
