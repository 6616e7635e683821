package io.twinspan.crypto.packet;

/**
 * Cuts an IPv4 packet into fragments (RFC 791 section 3.2), one at a time into the caller's buffer.
 *
 * <p>Ask {@link #count}, then {@link #write} for each index. A packet that is itself a fragment keeps its place in the
 * datagram. Whether a packet may be cut at all (its DF bit) is the caller's decision.
 */
public final class Ipv4Fragmenter {
    /** RFC 791 section 3.2: every path carries this much, the largest header and one unit of payload. */
    public static final int MIN_MTU_BYTES = 68;

    private static final int MAX_DATAGRAM_BYTES = 65_535;
    private static final int OPTION_END = 0;
    private static final int OPTION_PADDING = 1;
    private static final int OPTION_COPIED = 0x80;

    private Ipv4Fragmenter() {}

    /**
     * How many fragments the packet makes.
     *
     * @return 1 where it fits as it is; 0 where it is malformed, ends beyond the longest datagram, or the MTU is below
     *     {@link #MIN_MTU_BYTES}
     */
    public static int count(byte[] packet, int offset, int length, int mtuBytes) {
        if (mtuBytes < MIN_MTU_BYTES || Ipv4View.check(packet, offset, length) != HeaderVerdict.OK) {
            return 0;
        }
        int total = Ipv4View.totalBytes(packet, offset);
        if (total <= mtuBytes) {
            return 1;
        }
        int headerBytes = Ipv4View.headerBytes(packet, offset);
        // A fragment that ends beyond the longest datagram is an attack (ping of death), and its offset would wrap.
        if (Ipv4View.fragmentOffsetBytes(packet, offset) + total - headerBytes > MAX_DATAGRAM_BYTES) {
            return 0;
        }
        int rest = total - headerBytes - payloadRoom(mtuBytes, headerBytes);
        int restRoom = payloadRoom(mtuBytes, laterHeaderBytes(packet, offset));
        return 1 + (rest + restRoom - 1) / restRoom;
    }

    /**
     * Writes fragment {@code index} of a packet that {@link #count} has cut into more than one.
     *
     * @param index 0 .. count - 1
     * @param target room for {@code mtuBytes} octets from {@code targetOffset}; not the packet's own octets
     * @return octets written, at most {@code mtuBytes}
     */
    public static int write(byte[] packet, int offset, int mtuBytes, int index, byte[] target, int targetOffset) {
        int headerBytes = Ipv4View.headerBytes(packet, offset);
        int firstRoom = payloadRoom(mtuBytes, headerBytes);
        int newHeaderBytes;
        int start;
        if (index == 0) {
            System.arraycopy(packet, offset, target, targetOffset, headerBytes);
            newHeaderBytes = headerBytes;
            start = 0;
        } else {
            newHeaderBytes = writeLaterHeader(packet, offset, target, targetOffset);
            start = firstRoom + (index - 1) * payloadRoom(mtuBytes, newHeaderBytes);
        }
        int payloadBytes = Ipv4View.totalBytes(packet, offset) - headerBytes;
        int size = Math.min(payloadRoom(mtuBytes, newHeaderBytes), payloadBytes - start);
        boolean more = start + size < payloadBytes || Ipv4View.moreFragments(packet, offset);
        System.arraycopy(packet, offset + headerBytes + start, target, targetOffset + newHeaderBytes, size);
        int place = Ipv4View.fragmentOffsetBytes(packet, offset) + start;
        Ipv4View.writeFragmentFields(target, targetOffset, newHeaderBytes + size, place, more);
        Ipv4View.writeChecksum(target, targetOffset);
        return newHeaderBytes + size;
    }

    private static int payloadRoom(int mtuBytes, int headerBytes) {
        return (mtuBytes - headerBytes) / Ipv4View.FRAGMENT_UNIT_BYTES * Ipv4View.FRAGMENT_UNIT_BYTES;
    }

    private static int laterHeaderBytes(byte[] packet, int offset) {
        return paddedHeader(copyOptions(packet, offset, packet, offset, false));
    }

    private static int writeLaterHeader(byte[] packet, int offset, byte[] target, int targetOffset) {
        System.arraycopy(packet, offset, target, targetOffset, Ipv4View.MIN_HEADER_BYTES);
        int used = copyOptions(packet, offset, target, targetOffset, true);
        int headerBytes = paddedHeader(used);
        for (int i = used; i < headerBytes; i++) {
            target[targetOffset + i] = OPTION_END;
        }
        target[targetOffset] = (byte) (0x40 | headerBytes / Integer.BYTES);
        return headerBytes;
    }

    /** Goes through the options that RFC 791 section 3.1 wants in every fragment; answers where they end. */
    private static int copyOptions(byte[] packet, int offset, byte[] target, int targetOffset, boolean write) {
        int used = Ipv4View.MIN_HEADER_BYTES;
        int end = offset + Ipv4View.headerBytes(packet, offset);
        int option = offset + Ipv4View.MIN_HEADER_BYTES;
        while (option < end && packet[option] != OPTION_END) {
            int size = optionBytes(packet, option, end);
            if (size == 0) {
                break;
            }
            if ((packet[option] & OPTION_COPIED) != 0) {
                if (write) {
                    System.arraycopy(packet, option, target, targetOffset + used, size);
                }
                used += size;
            }
            option += size;
        }
        return used;
    }

    /** Octets of one option; 0 where its length is impossible. */
    private static int optionBytes(byte[] packet, int option, int end) {
        if (packet[option] == OPTION_PADDING) {
            return 1;
        }
        int size = end - option < 2 ? 0 : NetworkOrder.octet(packet, option + 1);
        return size < 2 || size > end - option ? 0 : size;
    }

    private static int paddedHeader(int used) {
        return (used + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
    }
}
