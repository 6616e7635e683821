package io.twinspan.crypto.packet;

/** The IPv6 header (RFC 8200 section 3) that begins at {@code offset}, and the way past its extension headers. */
public final class Ipv6View {
    public static final int HEADER_BYTES = 40;

    /** What {@link #upperLayer} answers where there is no upper-layer header in reach. */
    public static final int NO_UPPER_LAYER = -1;

    /** More extension headers than this in one packet are taken as malformed. */
    static final int MAX_EXTENSION_HEADERS = 16;

    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int SOURCE = 8;
    private static final byte OWN_HOP_LIMIT = 64;
    private static final int DESTINATION = 24;
    private static final int TRAFFIC_CLASS_SHIFT = 20;
    private static final int SMALLEST_EXTENSION_BYTES = 8;
    private static final int PROTOCOL_SHIFT = 20;
    private static final int UPPER_LAYER_OFFSET_MASK = (1 << PROTOCOL_SHIFT) - 1;
    private static final int BEHIND_FRAGMENT_HEADER = 1 << (PROTOCOL_SHIFT + Byte.SIZE);

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int NO_NEXT_HEADER = 59;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int MOBILITY = 135;

    private Ipv6View() {}

    /** Whether version and payload length fit into {@code length} octets. Jumbograms (RFC 2675) are refused. */
    public static HeaderVerdict check(byte[] packet, int offset, int length) {
        if (length < HEADER_BYTES) {
            return HeaderVerdict.TRUNCATED_HEADER;
        }
        if (NetworkOrder.octet(packet, offset) >>> 4 != 6) {
            return HeaderVerdict.WRONG_VERSION;
        }
        return totalBytes(packet, offset) <= length ? HeaderVerdict.OK : HeaderVerdict.BAD_TOTAL_LENGTH;
    }

    /** Octets of the packet, header included. */
    public static int totalBytes(byte[] packet, int offset) {
        return HEADER_BYTES + NetworkOrder.word(packet, offset + PAYLOAD_LENGTH);
    }

    /** DSCP in the upper six bits, ECN in the lower two. */
    public static int trafficClass(byte[] packet, int offset) {
        return (NetworkOrder.quad(packet, offset) >>> TRAFFIC_CLASS_SHIFT) & 0xff;
    }

    /** The number of the header that follows, which may be an extension header. */
    public static int nextHeader(byte[] packet, int offset) {
        return NetworkOrder.octet(packet, offset + NEXT_HEADER);
    }

    /** The upper 64 bits of the source address. */
    public static long sourceHigh(byte[] packet, int offset) {
        return NetworkOrder.octets8(packet, offset + SOURCE);
    }

    /** The lower 64 bits of the source address. */
    public static long sourceLow(byte[] packet, int offset) {
        return NetworkOrder.octets8(packet, offset + SOURCE + Long.BYTES);
    }

    /** The upper 64 bits of the destination address. */
    public static long destinationHigh(byte[] packet, int offset) {
        return NetworkOrder.octets8(packet, offset + DESTINATION);
    }

    /** The lower 64 bits of the destination address. */
    public static long destinationLow(byte[] packet, int offset) {
        return NetworkOrder.octets8(packet, offset + DESTINATION + Long.BYTES);
    }

    /** Sets DSCP and ECN; IPv6 has no header checksum. */
    public static void setTrafficClass(byte[] packet, int offset, int trafficClass) {
        int cleared = NetworkOrder.quad(packet, offset) & ~(0xff << TRAFFIC_CLASS_SHIFT);
        NetworkOrder.putQuad(packet, offset, cleared | ((trafficClass & 0xff) << TRAFFIC_CLASS_SHIFT));
    }

    /** Sets the length of everything behind the fixed header, extension headers included. */
    public static void setPayloadBytes(byte[] packet, int offset, int payloadBytes) {
        NetworkOrder.putWord(packet, offset + PAYLOAD_LENGTH, payloadBytes);
    }

    /** Writes a header of our own, traffic class and flow label 0; the destination's 16 octets stand in another packet. */
    static void write(
            byte[] packet,
            int offset,
            int payloadBytes,
            int nextHeader,
            byte[] source,
            byte[] destinationPacket,
            int destinationAt) {
        NetworkOrder.putQuad(packet, offset, 6 << 28);
        NetworkOrder.putWord(packet, offset + PAYLOAD_LENGTH, payloadBytes);
        packet[offset + NEXT_HEADER] = (byte) nextHeader;
        packet[offset + HOP_LIMIT] = OWN_HOP_LIMIT;
        System.arraycopy(source, 0, packet, offset + SOURCE, 2 * Long.BYTES);
        System.arraycopy(destinationPacket, destinationAt, packet, offset + DESTINATION, 2 * Long.BYTES);
    }

    /**
     * Walks the extension headers (RFC 8200 section 4) of a packet that {@link #check} accepted.
     *
     * @return {@link #NO_UPPER_LAYER} for a fragment other than the first, for "no next header" and for a chain that is
     *     cut off; otherwise a number to ask {@link #upperLayerProtocol} and {@link #upperLayerOffset} about
     */
    public static int upperLayer(byte[] packet, int offset) {
        int end = offset + totalBytes(packet, offset);
        int header = nextHeader(packet, offset);
        int position = offset + HEADER_BYTES;
        int fragment = 0;
        for (int count = 0; isExtension(header); count++) {
            boolean cutOff = end - position < SMALLEST_EXTENSION_BYTES;
            if (count == MAX_EXTENSION_HEADERS || cutOff || isLaterFragment(packet, position, header)) {
                return NO_UPPER_LAYER;
            }
            int size = extensionBytes(packet, position, header);
            fragment |= header == FRAGMENT ? BEHIND_FRAGMENT_HEADER : 0;
            header = NetworkOrder.octet(packet, position);
            position += size;
        }
        boolean present = header != NO_NEXT_HEADER && position <= end;
        return present ? fragment | (header << PROTOCOL_SHIFT) | (position - offset) : NO_UPPER_LAYER;
    }

    /** True where a fragment header stands in the chain, first fragment or later, of a packet that {@link #check} accepted. */
    static boolean hasFragmentHeader(byte[] packet, int offset) {
        int end = offset + totalBytes(packet, offset);
        int header = nextHeader(packet, offset);
        int position = offset + HEADER_BYTES;
        for (int count = 0; count < MAX_EXTENSION_HEADERS && isExtension(header); count++) {
            boolean cutOff = end - position < SMALLEST_EXTENSION_BYTES;
            if (cutOff || header == FRAGMENT) {
                return !cutOff;
            }
            int size = extensionBytes(packet, position, header);
            header = NetworkOrder.octet(packet, position);
            position += size;
        }
        return false;
    }

    /** The protocol number in an answer of {@link #upperLayer}. */
    public static int upperLayerProtocol(int upperLayer) {
        return (upperLayer >>> PROTOCOL_SHIFT) & 0xff;
    }

    /** True where a fragment header stands on the way, in an answer of {@link #upperLayer}. */
    public static boolean isFragment(int upperLayer) {
        return (upperLayer & BEHIND_FRAGMENT_HEADER) != 0;
    }

    /** Octets from the start of the packet to the upper-layer header, in an answer of {@link #upperLayer}. */
    public static int upperLayerOffset(int upperLayer) {
        return upperLayer & UPPER_LAYER_OFFSET_MASK;
    }

    private static boolean isExtension(int header) {
        return switch (header) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS, MOBILITY -> true;
            default -> false;
        };
    }

    private static boolean isLaterFragment(byte[] packet, int position, int header) {
        return header == FRAGMENT && NetworkOrder.word(packet, position + 2) >>> 3 != 0;
    }

    private static int extensionBytes(byte[] packet, int position, int header) {
        int lengthField = NetworkOrder.octet(packet, position + 1);
        return switch (header) {
            case FRAGMENT -> SMALLEST_EXTENSION_BYTES;
            // RFC 4302 section 2.2: the authentication header alone counts in units of four octets, minus two.
            case AUTHENTICATION -> (lengthField + 2) * 4;
            default -> (lengthField + 1) * 8;
        };
    }
}
