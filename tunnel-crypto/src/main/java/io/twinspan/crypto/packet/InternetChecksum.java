package io.twinspan.crypto.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The checksum of IP, ICMP, UDP and TCP (RFC 1071) and how to mend it after a change (RFC 1624).
 *
 * <p>A <em>sum</em> is a running total that {@link #finish} folds and complements; sums of pieces that begin at even
 * places may be added to each other.
 */
public final class InternetChecksum {
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long HALF = 0xffff_ffffL;

    private InternetChecksum() {}

    /** The checksum over the range, on top of {@code initialSum} (0, or a pseudo-header's sum). 0 where all is right. */
    public static int compute(byte[] packet, int offset, int length, long initialSum) {
        return finish(initialSum + sum(packet, offset, length));
    }

    /** The sum of the range's 16-bit words; an odd last octet counts as if a zero octet followed. */
    public static long sum(byte[] packet, int offset, int length) {
        int end = offset + length;
        int position = offset + (length & -Long.BYTES);
        long sum = foldedSum(packet, offset, position);
        if (end - position >= Integer.BYTES) {
            sum += NetworkOrder.quad(packet, position) & HALF;
            position += Integer.BYTES;
        }
        if (end - position >= Short.BYTES) {
            sum += NetworkOrder.word(packet, position);
            position += Short.BYTES;
        }
        return position < end ? sum + (NetworkOrder.octet(packet, position) << 8) : sum;
    }

    /**
     * Whole groups of eight octets. RFC 1071 section 2(B): the order of the octets may be chosen, so long as the result
     * is turned round; and the two halves of eight octets are kept apart, because C2 makes vector instructions of this
     * loop and of no loop with carries or with turned octets.
     */
    private static long foldedSum(byte[] packet, int offset, int end) {
        long low = 0;
        long high = 0;
        for (int position = offset; position < end; position += Long.BYTES) {
            long octets = (long) LITTLE_ENDIAN.get(packet, position);
            low += octets & HALF;
            high += octets >>> Integer.SIZE;
        }
        return swap(fold(low + high));
    }

    /**
     * Copies the range into another array and answers its {@link #sum}. Two passes, each in vectors, take less than half
     * the time of one in which every eight octets are loaded, stored and added.
     */
    public static long copyAndSum(byte[] packet, int offset, int length, byte[] target, int targetOffset) {
        System.arraycopy(packet, offset, target, targetOffset, length);
        return sum(packet, offset, length);
    }

    /** The sum of the pseudo-header of RFC 8200 section 8.1, from the IPv6 header at {@code offset}. */
    public static long pseudoHeaderV6(byte[] packet, int offset, int protocol, int upperLayerBytes) {
        return sum(packet, offset + 8, 32) + protocol + upperLayerBytes;
    }

    /** Folds a sum to 16 bits and complements it: the number that goes into the header. */
    public static int finish(long sum) {
        return ~fold(sum) & 0xffff;
    }

    /** Sixteen bits, and 0 only of 0. */
    private static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & HALF);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return (int) ((folded >>> 16) + (folded & 0xffff));
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
