package io.twinspan.daemon.control;

import java.util.Locale;

/** State of a tunnel as operators see it. */
public enum TunnelState {
    /** Carries the connection's traffic. */
    UP,
    /** Ready to take the traffic over. */
    STANDBY,
    /** Not up; IKE is on its way or waits for the peer. */
    CONNECTING,
    /** Has keys, but its path is suspected, or it sits out the hold-down after a loss. */
    DEGRADED,
    /** Not up after a loss or a refusal. */
    DOWN,
    /** Kept down on purpose. */
    DISABLED;

    /** The name used in output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
