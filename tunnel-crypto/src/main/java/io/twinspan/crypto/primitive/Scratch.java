package io.twinspan.crypto.primitive;

import java.util.Arrays;

/**
 * Memory for one packet's text that only its cipher sees. It grows to the largest packet met and then stays.
 *
 * <p>Providers write plaintext before they have compared the tag, and copy their input where input and output overlap:
 * working from packet to scratch, or from scratch to packet, avoids both.
 */
final class Scratch {
    private static final int FIRST_BYTES = 2048;

    private byte[] octets = new byte[FIRST_BYTES];

    /** An array of at least this length, at most {@link PacketCipher#MAX_TEXT_BYTES}; the same as before where it is large enough. */
    byte[] reserve(int length) {
        if (octets.length < length) {
            octets = new byte[Math.max(length, Math.min(PacketCipher.MAX_TEXT_BYTES, 2 * octets.length))];
        }
        return octets;
    }

    void erase() {
        Arrays.fill(octets, (byte) 0);
    }
}
