package io.twinspan.crypto.ike.message;

/**
 * Octets of a peer as text for people: bounded, printable ASCII only, and without the characters that mean something to a
 * shell, a terminal, JSON or a log format. The only place where peer octets become text.
 */
public final class PeerText {
    /** Octets shown before the rest is only counted. */
    public static final int MAX_OCTETS = 64;

    private static final String UNSAFE = "\"'`$\\<>&|;%{}";

    private PeerText() {}

    /** For example {@code hello}, {@code bad\x0aline}, or 64 octets and {@code ...(1000 octets)}. */
    public static String escape(Octets octets) {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(octets.length(), MAX_OCTETS);
        for (int i = 0; i < shown; i++) {
            append(text, octets.at(i));
        }
        if (shown < octets.length()) {
            text.append("...(").append(octets.length()).append(" octets)");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int octet) {
        if (octet >= 0x20 && octet < 0x7f && UNSAFE.indexOf(octet) < 0) {
            text.append((char) octet);
        } else {
            text.append("\\x").append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 0xf, 16));
        }
    }
}
