package io.twinspan.crypto.packet;

/**
 * The checksum of IP, ICMP, UDP and TCP (RFC 1071) and how to mend it after a change (RFC 1624).
 *
 * <p>A <em>sum</em> is a running total that {@link #finish} folds and complements; sums of pieces that begin at even
 * places may be added to each other.
 */
public final class InternetChecksum {
    private InternetChecksum() {}

    /** The checksum over the range, on top of {@code initialSum} (0, or a pseudo-header's sum). 0 where all is right. */
    public static int compute(byte[] packet, int offset, int length, long initialSum) {
        return finish(initialSum + sum(packet, offset, length));
    }

    /** The sum of the range's 16-bit words; an odd last octet counts as if a zero octet followed. */
    public static long sum(byte[] packet, int offset, int length) {
        long sum = 0;
        int position = offset;
        int end = offset + length;
        for (; end - position >= Integer.BYTES; position += Integer.BYTES) {
            sum += NetworkOrder.quad(packet, position) & 0xffff_ffffL;
        }
        if (end - position >= Short.BYTES) {
            sum += NetworkOrder.word(packet, position);
            position += Short.BYTES;
        }
        return position < end ? sum + (NetworkOrder.octet(packet, position) << 8) : sum;
    }

    /** Copies the range into another array and answers its {@link #sum}. */
    public static long copyAndSum(byte[] packet, int offset, int length, byte[] target, int targetOffset) {
        System.arraycopy(packet, offset, target, targetOffset, length);
        return sum(packet, offset, length);
    }

    /** The sum of the pseudo-header of RFC 9293 section 3.1 and RFC 768, from the IPv4 header at {@code offset}. */
    public static long pseudoHeaderV4(byte[] packet, int offset, int protocol, int upperLayerBytes) {
        return sum(packet, offset + 12, 8) + protocol + upperLayerBytes;
    }

    /** The sum of the pseudo-header of RFC 8200 section 8.1, from the IPv6 header at {@code offset}. */
    public static long pseudoHeaderV6(byte[] packet, int offset, int protocol, int upperLayerBytes) {
        return sum(packet, offset + 8, 32) + protocol + upperLayerBytes;
    }

    /** Folds a sum to 16 bits and complements it: the number that goes into the header. */
    public static int finish(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffff_ffffL);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return (int) ~folded & 0xffff;
    }

    /** The checksum after one 16-bit word at an even place has changed. */
    public static int update(int checksum, int oldWord, int newWord) {
        // RFC 1624 section 3, equation 3: HC' = ~(~HC + ~m + m').
        return finish((~checksum & 0xffffL) + (~oldWord & 0xffffL) + (newWord & 0xffffL));
    }

    /** The checksum after two neighbouring octets at an odd place have changed: they lie in two words, swapped. */
    static int updateAtOddPlace(int checksum, int oldWord, int newWord) {
        return update(checksum, swap(oldWord), swap(newWord));
    }

    private static int swap(int word) {
        return ((word >>> 8) & 0xff) | ((word << 8) & 0xff00);
    }
}
