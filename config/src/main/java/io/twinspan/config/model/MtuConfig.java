package io.twinspan.config.model;

import java.time.Duration;
import java.util.Locale;

/**
 * What happens to packets that are too large for their tunnel, and how the outside path is watched.
 *
 * @param df what the DF bit of an inner IPv4 packet is worth
 * @param watch true lets the daemon lower the MTU by itself where the path shrinks
 * @param interval how often the watch proves that the largest packet still passes
 * @param raise how long after it was lowered the watch tries a larger size again
 */
public record MtuConfig(DfPolicy df, boolean watch, Duration interval, Duration raise) {
    /** What becomes of an IPv4 packet that is too large for its tunnel and has DF set (RFC 4301 section 8.2.1). */
    public enum DfPolicy {
        /** DF is ignored: the packet is cut before encryption, as AWS advises. */
        CLEAR,
        /** DF is obeyed: the sender is told what fits, by ICMP. */
        HONOR,
        /** The packet is cut and the sender told. */
        BOTH;

        /** The word in the file. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
