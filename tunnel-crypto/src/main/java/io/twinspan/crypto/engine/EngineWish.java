package io.twinspan.crypto.engine;

import java.util.Locale;

/** What the operator wants to seal and open packets with. */
public enum EngineWish {
    /** The fastest that works here. */
    AUTO,
    /** The JDK for everything. */
    JDK,
    /** Intel's multi-buffer library for what it does, the JDK for the rest; an error where the library cannot be used. */
    IPSEC_MB;

    /** The word in configuration and output, for example {@code ipsec-mb}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
