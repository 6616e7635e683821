package io.twinspan.daemon.failover;

import io.twinspan.crypto.time.Deadline;
import java.util.List;

/**
 * A connection's fail-over settings.
 *
 * @param mode how tunnels that are ready share the work
 * @param tunnels numbers of the tunnels, at least one, all positive
 * @param preferredTunnel takes the traffic when both come up for the first time, and takes it back after {@code failBackNanos}
 * @param holdDownNanos how long a tunnel that was lost once must stay up before it counts as standby again
 * @param maxHoldDownNanos the most that repeated losses make of it, not less than {@code holdDownNanos}
 * @param failBackNanos how long the preferred tunnel must have been ready before it takes the traffic back;
 *     {@code Deadline.NEVER} for never
 */
public record FailoverPolicy(
        Mode mode,
        List<Integer> tunnels,
        int preferredTunnel,
        long holdDownNanos,
        long maxHoldDownNanos,
        long failBackNanos) {
    /** How tunnels that are ready share the work. */
    public enum Mode {
        /** One carries, the other stands by. */
        ACTIVE_STANDBY,
        /** All carry, each flow on one (a transit gateway with ECMP). */
        ACTIVE_ACTIVE,
        /** The one carries through which the peer sends. */
        FOLLOW_PEER
    }

    public FailoverPolicy {
        tunnels = List.copyOf(tunnels);
        if (tunnels.isEmpty() || tunnels.stream().anyMatch(number -> number <= FailoverState.NO_TUNNEL)) {
            throw new IllegalArgumentException("tunnel numbers " + tunnels + " are not all positive");
        }
        if (!tunnels.contains(preferredTunnel)) {
            throw new IllegalArgumentException("preferred tunnel " + preferredTunnel + " is none of " + tunnels);
        }
        if (holdDownNanos < 0 || maxHoldDownNanos < holdDownNanos || failBackNanos < 0) {
            throw new IllegalArgumentException(
                    "hold-down " + holdDownNanos + ".." + maxHoldDownNanos + " ns, fail-back " + failBackNanos + " ns");
        }
    }

    /** The same settings with another mode. */
    public FailoverPolicy with(Mode other) {
        return new FailoverPolicy(other, tunnels, preferredTunnel, holdDownNanos, maxHoldDownNanos, failBackNanos);
    }

    boolean failsBack() {
        return mode == Mode.ACTIVE_STANDBY && failBackNanos != Deadline.NEVER;
    }

    /** A tunnel that keeps well for this long after a loss is forgiven. */
    long memoryNanos() {
        return 2 * maxHoldDownNanos;
    }
}
