package io.twinspan.daemon.ike;

import io.twinspan.crypto.net.Endpoint;
import java.util.Locale;

/**
 * A datagram on an IKE port that was dropped before any machine saw it.
 *
 * @param reason why
 * @param remote where it came from
 * @param bytes its length without the non-ESP marker
 */
public record DatagramDrop(Reason reason, Endpoint remote, int bytes) {
    /** Reasons; their lower-case names are counter names. */
    public enum Reason {
        /** Shorter than an IKE header. */
        IKE_TOO_SHORT,
        /** No SPI of ours, and no tunnel between these addresses. */
        IKE_UNKNOWN_PEER,
        /** The tunnel between these addresses is kept down. */
        IKE_TUNNEL_DISABLED,
        /** A drill lost it on purpose on its way out. */
        DRILL_OUT,
        /** A drill lost it on purpose on its way in. */
        DRILL_IN;

        /** True where it was lost on purpose. */
        public boolean isDrill() {
            return this == DRILL_OUT || this == DRILL_IN;
        }

        /** The counter's name. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
