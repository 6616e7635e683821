package io.twinspan.daemon.observe;

import java.util.Locale;

/** How much an event deserves attention. */
public enum Severity {
    /** A branch taken; for those who debug. */
    DEBUG,
    /** What an operator would want to know happened. */
    INFO,
    /** Unusual, but the gateway works. */
    WARN,
    /** Something stopped. */
    ERROR;

    /** The name used in output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
