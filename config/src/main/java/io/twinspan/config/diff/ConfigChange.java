package io.twinspan.config.diff;

import java.util.Locale;

/**
 * One difference between two configurations.
 *
 * @param path as in the file, for example {@code connections.prod.tunnels[1].ike.groups}
 * @param kind what happened to it
 * @param from the old value as the file would write it; empty for what was added and for secrets
 * @param to the new value; empty for what was removed and for secrets
 * @param text both for people: {@code 10s -> 3s}, {@code +20}, {@code changed}
 * @param disturbs what it interrupts to take it over
 * @param connection name of the connection it belongs to; empty for none
 * @param tunnel number of the tunnel it belongs to; 0 for none
 */
public record ConfigChange(
        String path,
        Kind kind,
        String from,
        String to,
        String text,
        Disturbance disturbs,
        String connection,
        int tunnel) {
    /** What happened to a setting or a section. */
    public enum Kind {
        /** It has another value. */
        CHANGED('~'),
        /** It is new. */
        ADDED('+'),
        /** It is gone. */
        REMOVED('-');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }

        /** One character for lists. */
        public char mark() {
            return mark;
        }

        /** The name in JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
