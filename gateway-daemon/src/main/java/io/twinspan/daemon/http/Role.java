package io.twinspan.daemon.http;

import java.util.Locale;

/** What a client of the API may do. Each role may also do what the ones before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Acts on tunnels: up, down, switch, rekey, measurements, drills. */
    OPERATOR,
    /** Changes what the gateway is: configuration, access, its end. */
    ADMIN;

    /** The name in configuration, JSON and messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True where this role may do what the other is needed for. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
