package io.twinspan.daemon.drill;

import java.util.Locale;

/** What a drill showed. */
public enum DrillVerdict {
    /** No outage was longer than the limit. */
    PASSED,
    /** An outage was longer than the limit, or what was rehearsed went wrong otherwise. */
    MISSED,
    /** It did not run its time, or a tunnel did not come back: it proves nothing. */
    ABORTED;

    /** The verdict on a drill that ended like this, with this longest outage. */
    public static DrillVerdict of(DrillEnding ending, long outageNanos, long limitNanos) {
        return switch (ending.kind()) {
            case STOPPED, FAILED -> ABORTED;
            case OVER_LIMIT, BROKEN -> MISSED;
            case COMPLETE -> outageNanos > limitNanos ? MISSED : PASSED;
        };
    }

    /** The name used in output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
