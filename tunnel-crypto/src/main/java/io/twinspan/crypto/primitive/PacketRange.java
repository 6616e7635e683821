package io.twinspan.crypto.primitive;

/** Range arithmetic of a packet {@code header | IV | text | ICV} that cannot overflow, and ICV comparison. */
final class PacketRange {
    private PacketRange() {}

    /** True where the whole packet lies inside an array of {@code capacity} octets. */
    static boolean fits(int capacity, int offset, int headerLength, int textLength, int ivAndIcvBytes) {
        if (offset < 0 || headerLength < 0 || textLength < 0 || textLength > PacketCipher.MAX_TEXT_BYTES) {
            return false;
        }
        return (long) offset + headerLength + textLength + ivAndIcvBytes <= capacity;
    }

    /** Compares {@code length} octets without an early exit, so that timing tells nothing about where they differ. */
    static boolean sameOctets(byte[] left, int leftOffset, byte[] right, int rightOffset, int length) {
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= left[leftOffset + i] ^ right[rightOffset + i];
        }
        return difference == 0;
    }
}
