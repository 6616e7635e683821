package io.twinspan.daemon.control;

import java.util.Locale;

/** State of a connection, best first. */
public enum ConnectionState {
    /** Carries traffic, and a second tunnel stands by if there is one. */
    UP,
    /** Carries traffic, but the loss of the active tunnel would not be covered, or its path is suspected. */
    DEGRADED,
    /** Carries nothing. */
    DOWN;

    /** The name used in output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
