package io.twinspan.daemon.failover;

import java.util.Locale;

/**
 * A move of traffic that is to happen now.
 *
 * @param from tunnel that carried the traffic, or {@code NO_TUNNEL}
 * @param to tunnel that carries it from now on, or {@code NO_TUNNEL}, which refuses everything
 * @param cause the kind
 * @param reason a sentence for people
 */
public record SwitchPlan(int from, int to, Cause cause, String reason) {
    /** Why traffic moves. */
    public enum Cause {
        /** There was no usable tunnel before. */
        FIRST_USABLE,
        /** The active tunnel is down. */
        LOST,
        /** The active tunnel is suspected and another one is not. */
        SUSPECTED,
        /** A better tunnel came up or ended its hold-down. */
        PREFERRED,
        /** The operator asked. */
        OPERATOR;

        /** The name used in output. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
