package io.twinspan.config.diff;

import java.util.Locale;

/** What a change of a running gateway interrupts; each disturbs more than the one before it. */
public enum Disturbance {
    /** Nothing: it holds from the next packet, probe or decision on. */
    LIVE,
    /** Nothing: SAs that stand keep what they have, the next one has the new value. */
    NEXT_SA,
    /** One tunnel goes down and comes up again; the other is not touched. */
    TUNNEL,
    /** The connection is taken down and built anew; other connections are not touched. */
    CONNECTION,
    /** Nothing now: it waits until the daemon is started anew. */
    DAEMON;

    /** The name in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
