package io.twinspan.daemon.dataplane;

/** What becomes of an inner IPv4 packet that is too large for its tunnel and has DF set (RFC 4301 section 8.2.1). */
public enum DfPolicy {
    /** Cut as if DF were clear: the sender need not hear of the tunnel. */
    CLEAR,
    /** Dropped, and the sender told what fits. */
    HONOR,
    /** Cut, and the sender told. */
    BOTH;

    boolean cuts() {
        return this != HONOR;
    }

    boolean tells() {
        return this != CLEAR;
    }
}
