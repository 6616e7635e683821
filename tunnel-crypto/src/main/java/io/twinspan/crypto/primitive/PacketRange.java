package io.twinspan.crypto.primitive;

/** Range arithmetic of a packet {@code header | IV | text | ICV} that cannot overflow. */
public final class PacketRange {
    private PacketRange() {}

    /** True where the whole packet lies inside an array of {@code capacity} octets. */
    public static boolean fits(int capacity, int offset, int headerLength, int textLength, int ivAndIcvBytes) {
        if (offset < 0 || headerLength < 0 || textLength < 0 || textLength > PacketCipher.MAX_TEXT_BYTES) {
            return false;
        }
        return (long) offset + headerLength + textLength + ivAndIcvBytes <= capacity;
    }
}
