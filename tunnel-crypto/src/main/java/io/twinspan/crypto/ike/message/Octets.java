package io.twinspan.crypto.ike.message;

import java.util.Arrays;

/** An immutable string of octets that compares by content. Prints its length only. */
public final class Octets {
    /** No octets. */
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /** Takes a copy. */
    public static Octets copyOf(byte[] octets) {
        return octets.length == 0 ? EMPTY : new Octets(octets.clone());
    }

    /** Takes a copy of {@code length} octets from {@code offset}. */
    public static Octets copyOf(byte[] octets, int offset, int length) {
        return length == 0 ? EMPTY : new Octets(Arrays.copyOfRange(octets, offset, offset + length));
    }

    /** Four octets, most significant first: an ESP SPI. */
    public static Octets ofInt(int value) {
        return new Octets(
                new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value});
    }

    /** Eight octets, most significant first: an IKE SPI. */
    public static Octets ofLong(long value) {
        byte[] result = new byte[Long.BYTES];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) (value >>> (8 * (result.length - 1 - i)));
        }
        return new Octets(result);
    }

    /** Number of octets. */
    public int length() {
        return octets.length;
    }

    /** True where there are none. */
    public boolean isEmpty() {
        return octets.length == 0;
    }

    /** The octet at an index, 0..255. */
    public int at(int index) {
        return octets[index] & 0xff;
    }

    /** A fresh copy. */
    public byte[] toArray() {
        return octets.clone();
    }

    /** The octets as one unsigned number, most significant first; only for up to eight of them. */
    public long toUnsignedLong() {
        if (octets.length > Long.BYTES) {
            throw new IllegalStateException(octets.length + " octets do not fit a long");
        }
        long value = 0;
        for (byte octet : octets) {
            value = value << 8 | (octet & 0xff);
        }
        return value;
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(octets, 0, target, offset, octets.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return octets.length + " octets";
    }
}
