package io.twinspan.daemon.liveness;

import java.util.Locale;

/** What fail-over needs to know about a tunnel, best first. */
public enum HealthVerdict {
    /** Carries packets. */
    UP,
    /** Carries packets, and loses too many. */
    DEGRADED,
    /** Carries nothing. */
    DOWN;

    /** The name used in output, for example {@code degraded}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
