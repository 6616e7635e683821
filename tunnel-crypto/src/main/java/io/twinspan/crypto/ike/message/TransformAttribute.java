package io.twinspan.crypto.ike.message;

/**
 * A transform attribute (RFC 7296 section 3.3.5).
 *
 * @param type attribute number, 0..32767
 * @param fixed true for the two-octet form (AF bit set), false for the one with a length
 * @param value exactly two octets in the fixed form
 */
public record TransformAttribute(int type, boolean fixed, Octets value) {
    /** The only attribute RFC 7296 defines: the key length in bits. */
    public static final int KEY_LENGTH = 14;

    public TransformAttribute {
        if (type < 0 || type > 0x7fff || (fixed && value.length() != 2)) {
            throw new IllegalArgumentException("attribute " + type + " with " + value);
        }
    }

    /** A key length attribute. */
    public static TransformAttribute keyLength(int bits) {
        return new TransformAttribute(KEY_LENGTH, true, Octets.copyOf(new byte[] {(byte) (bits >> 8), (byte) bits}));
    }
}
