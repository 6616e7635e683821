package io.twinspan.daemon.failover;

import java.util.List;
import java.util.Locale;

/**
 * A move of traffic that is to happen now.
 *
 * @param from a tunnel that carried traffic and does not any more, or else one that did, or {@code NO_TUNNEL}
 * @param to a tunnel that did not carry traffic and does from now on, or else one that does, or {@code NO_TUNNEL}
 * @param carrying all tunnels that carry traffic from now on; empty refuses everything
 * @param cause the kind
 * @param reason a sentence for people
 */
public record SwitchPlan(int from, int to, List<Integer> carrying, Cause cause, String reason) {
    public SwitchPlan {
        carrying = List.copyOf(carrying);
    }

    /** Why traffic moves. */
    public enum Cause {
        /** There was no usable tunnel before. */
        FIRST_USABLE,
        /** A tunnel that carried traffic has no SA any more. */
        LOST,
        /** The path of a tunnel that carried traffic is dead. */
        SILENT,
        /** The preferred tunnel is ready, for the first time or for long enough. */
        PREFERRED,
        /** A tunnel joins those that share the traffic. */
        JOINED,
        /** The peer sends through another tunnel. */
        FOLLOWED,
        /** The operator asked. */
        OPERATOR;

        /** The name used in output. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** True where something broke, so that packets may have been lost. */
        public boolean isFailure() {
            return this == LOST || this == SILENT;
        }
    }
}
