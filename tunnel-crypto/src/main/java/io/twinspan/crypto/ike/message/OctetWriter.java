package io.twinspan.crypto.ike.message;

import java.util.Arrays;

/** A growing array of octets; lengths are written over once they are known. */
final class OctetWriter {
    private static final int INITIAL_BYTES = 512;

    private byte[] octets = new byte[INITIAL_BYTES];
    private int size;

    int size() {
        return size;
    }

    OctetWriter u8(int value) {
        if (value < 0 || value > 0xff) {
            throw new IllegalArgumentException(value + " does not fit an octet");
        }
        grow(1);
        octets[size++] = (byte) value;
        return this;
    }

    OctetWriter u16(int value) {
        return u8(value >> 8).u8(value & 0xff);
    }

    OctetWriter i32(int value) {
        return u16(value >>> 16).u16(value & 0xffff);
    }

    OctetWriter i64(long value) {
        return i32((int) (value >>> 32)).i32((int) value);
    }

    OctetWriter octets(Octets value) {
        grow(value.length());
        value.copyTo(octets, size);
        size += value.length();
        return this;
    }

    OctetWriter octets(byte[] value) {
        grow(value.length);
        System.arraycopy(value, 0, octets, size, value.length);
        size += value.length;
        return this;
    }

    /** Writes, at {@code at}, the number of octets since {@code start}. */
    void lengthSince(int start, int at) {
        int length = size - start;
        if (length > 0xffff) {
            throw new IllegalArgumentException("a length of " + length + " octets does not fit its field");
        }
        octets[at] = (byte) (length >> 8);
        octets[at + 1] = (byte) length;
    }

    void i32At(int at, int value) {
        octets[at] = (byte) (value >>> 24);
        octets[at + 1] = (byte) (value >>> 16);
        octets[at + 2] = (byte) (value >>> 8);
        octets[at + 3] = (byte) value;
    }

    byte[] toArray() {
        return Arrays.copyOf(octets, size);
    }

    private void grow(int count) {
        if (count > octets.length - size) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, Math.addExact(size, count)));
        }
    }
}
