package io.twinspan.daemon.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The anatomy of a move of traffic. What did not happen, or is not known, is null.
 *
 * @param lastGood last sign of life of the tunnel that was left
 * @param suspected when it was first suspected
 * @param verdict when the move was decided
 * @param switched when the outbound loop sent on the new tunnel
 * @param firstForwarded when the first packet of protected traffic went out on it
 */
public record SwitchTimes(
        @Nullable Instant lastGood,
        @Nullable Instant suspected,
        Instant verdict,
        Instant switched,
        @Nullable Instant firstForwarded) {
    SwitchTimes withFirstForwarded(Instant instant) {
        return new SwitchTimes(lastGood, suspected, verdict, switched, instant);
    }
}
