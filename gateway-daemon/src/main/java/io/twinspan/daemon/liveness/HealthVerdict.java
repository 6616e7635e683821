package io.twinspan.daemon.liveness;

import java.util.Locale;

/** What fail-over needs to know about a tunnel, best first. */
public enum HealthVerdict {
    /** Carries packets. */
    UP,
    /** Has a child SA, but something suggests that packets do not arrive. */
    DEGRADED,
    /** Carries nothing. */
    DOWN;

    /** The name used in output, for example {@code degraded}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
