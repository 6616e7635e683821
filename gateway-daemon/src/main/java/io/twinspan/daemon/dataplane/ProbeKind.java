package io.twinspan.daemon.dataplane;

import org.jspecify.annotations.Nullable;

/** Who asked for a probe, and gets its answer. */
public enum ProbeKind {
    /** Does the tunnel carry packets, and how fast. */
    HEALTH(1),
    /** Does a packet of this size get through. */
    MTU(2),
    /** The numbered flow of a drill. */
    DRILL(3),
    /** An operator's ping. */
    PING(4);

    private static final ProbeKind[] KINDS = values();

    private final int code;

    ProbeKind(int code) {
        this.code = code;
    }

    /** What stands for it in a probe. */
    int code() {
        return code;
    }

    /** The kind with a code; null where there is none. */
    static @Nullable ProbeKind of(int code) {
        for (ProbeKind kind : KINDS) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
