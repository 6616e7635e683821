package io.twinspan.crypto.secret;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Key material that never prints itself and can be zeroed.
 *
 * <p>{@link #destroy} clears this object's own octets; it cannot undo copies that a crypto provider made. Not for use
 * from two threads at once.
 */
public final class SecretBytes {
    private final byte[] octets;

    private SecretBytes(byte[] octets) {
        this.octets = octets;
    }

    /** Takes a copy of the octets. */
    public static SecretBytes copyOf(byte[] octets) {
        return new SecretBytes(octets.clone());
    }

    /** Takes a copy of {@code length} octets from {@code offset}. */
    public static SecretBytes copyOf(byte[] octets, int offset, int length) {
        return new SecretBytes(Arrays.copyOfRange(octets, offset, offset + length));
    }

    /** The same octets in memory of their own. */
    public SecretBytes copy() {
        return new SecretBytes(octets.clone());
    }

    /** Number of octets. */
    public int length() {
        return octets.length;
    }

    /** A fresh copy of the octets, which the caller should zero when it can. */
    public byte[] expose() {
        return octets.clone();
    }

    /** Overwrites the octets with zeros. */
    public void destroy() {
        Arrays.fill(octets, (byte) 0);
    }

    /** Compares without an early exit. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SecretBytes secret && MessageDigest.isEqual(octets, secret.octets);
    }

    /** The same for all secrets of one length, so that a hash leaks nothing. */
    @Override
    public int hashCode() {
        return octets.length;
    }

    @Override
    public String toString() {
        return "SecretBytes[" + octets.length + " octets]";
    }
}
