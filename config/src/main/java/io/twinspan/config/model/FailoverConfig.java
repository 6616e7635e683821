package io.twinspan.config.model;

import java.time.Duration;

/**
 * Which tunnel of a connection carries the traffic.
 *
 * @param policy how healthy tunnels share the work
 * @param preferredTunnel number of the tunnel that carries traffic when both are healthy
 * @param holdDown how long a tunnel must stay healthy after a loss before it may carry traffic again while the other is up
 * @param maxHoldDown the most that repeated losses, each of which doubles it, make of the hold-down
 * @param failBack how long the preferred tunnel must have been ready before it takes the traffic back; zero for never
 * @param pullReturn whether to send a DELETE on a tunnel that fell silent, so that the peer moves the return traffic
 */
public record FailoverConfig(
        Policy policy,
        int preferredTunnel,
        Duration holdDown,
        Duration maxHoldDown,
        Duration failBack,
        boolean pullReturn) {
    /** How healthy tunnels share the work. */
    public enum Policy {
        /** One carries all, the other stands by. */
        ACTIVE_STANDBY("active-standby"),
        /** Both carry, each flow on one. */
        ACTIVE_ACTIVE("active-active"),
        /** The one carries on which AWS sends. */
        FOLLOW_AWS("follow-aws");

        private final String label;

        Policy(String label) {
            this.label = label;
        }

        /** The word in the file. */
        public String label() {
            return label;
        }
    }
}
