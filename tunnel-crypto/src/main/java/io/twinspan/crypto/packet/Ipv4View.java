package io.twinspan.crypto.packet;

/** The IPv4 header (RFC 791 section 3.1) that begins at {@code offset}. */
public final class Ipv4View {
    public static final int MIN_HEADER_BYTES = 20;
    public static final int MAX_HEADER_BYTES = 60;

    /** The bit "don't fragment" in the word of flags and fragment offset. */
    public static final int DONT_FRAGMENT = 0x4000;

    static final int FRAGMENT_UNIT_BYTES = 8;
    private static final int MAX_TOTAL_BYTES = 0xffff;
    private static final int TOS = 1;
    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int FLAGS_AND_OFFSET = 6;
    private static final int TIME_TO_LIVE = 8;
    private static final int PROTOCOL = 9;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int OFFSET_MASK = 0x1fff;
    private static final byte VERSION_AND_MIN_HEADER = 0x45;
    private static final byte OWN_TIME_TO_LIVE = 64;

    private Ipv4View() {}

    /** Whether version, lengths and place in a datagram are possible in {@code length} octets; the checksum is not read. */
    public static HeaderVerdict check(byte[] packet, int offset, int length) {
        if (length < MIN_HEADER_BYTES) {
            return HeaderVerdict.TRUNCATED_HEADER;
        }
        if (NetworkOrder.octet(packet, offset) >>> 4 != 4) {
            return HeaderVerdict.WRONG_VERSION;
        }
        int headerBytes = headerBytes(packet, offset);
        if (headerBytes < MIN_HEADER_BYTES || headerBytes > length) {
            return HeaderVerdict.BAD_HEADER_LENGTH;
        }
        int totalBytes = totalBytes(packet, offset);
        if (totalBytes < headerBytes || totalBytes > length) {
            return HeaderVerdict.BAD_TOTAL_LENGTH;
        }
        boolean possible = !isFragment(packet, offset) || isPossibleFragment(packet, offset, headerBytes, totalBytes);
        return possible ? HeaderVerdict.OK : HeaderVerdict.BAD_FRAGMENT;
    }

    /** RFC 791 section 3.2: all but the last fragment are whole units of 8 octets, and none ends past the longest packet. */
    private static boolean isPossibleFragment(byte[] packet, int offset, int headerBytes, int totalBytes) {
        int payloadBytes = totalBytes - headerBytes;
        boolean wholeUnits = payloadBytes > 0 && payloadBytes % FRAGMENT_UNIT_BYTES == 0;
        return (wholeUnits || !moreFragments(packet, offset))
                && fragmentOffsetBytes(packet, offset) + totalBytes <= MAX_TOTAL_BYTES;
    }

    /** True where the header's checksum is right; only after {@link #check}. */
    public static boolean checksumValid(byte[] packet, int offset) {
        return InternetChecksum.compute(packet, offset, headerBytes(packet, offset), 0) == 0;
    }

    /** Octets of header, options included. */
    public static int headerBytes(byte[] packet, int offset) {
        return (packet[offset] & 0xf) << 2;
    }

    /** The type of service: DSCP in the upper six bits, ECN in the lower two. */
    public static int typeOfService(byte[] packet, int offset) {
        return NetworkOrder.octet(packet, offset + TOS);
    }

    /** Octets of the packet, header included. */
    public static int totalBytes(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + TOTAL_LENGTH);
    }

    public static int identification(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + IDENTIFICATION);
    }

    /** The word of flags and fragment offset, as it stands. */
    public static int flagsAndOffset(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + FLAGS_AND_OFFSET);
    }

    public static boolean dontFragment(byte[] packet, int offset) {
        return (flagsAndOffset(packet, offset) & DONT_FRAGMENT) != 0;
    }

    public static boolean moreFragments(byte[] packet, int offset) {
        return (flagsAndOffset(packet, offset) & MORE_FRAGMENTS) != 0;
    }

    /** Where this fragment's payload stands in the whole datagram, in octets; 0 for the first or only one. */
    public static int fragmentOffsetBytes(byte[] packet, int offset) {
        return (flagsAndOffset(packet, offset) & OFFSET_MASK) * FRAGMENT_UNIT_BYTES;
    }

    /** True for any piece of a datagram that is not the whole of it. */
    public static boolean isFragment(byte[] packet, int offset) {
        return (flagsAndOffset(packet, offset) & (MORE_FRAGMENTS | OFFSET_MASK)) != 0;
    }

    /** The protocol number of the payload. */
    public static int protocol(byte[] packet, int offset) {
        return NetworkOrder.octet(packet, offset + PROTOCOL);
    }

    public static int checksum(byte[] packet, int offset) {
        return NetworkOrder.word(packet, offset + CHECKSUM);
    }

    /** The source address as a number in network order. */
    public static int source(byte[] packet, int offset) {
        return NetworkOrder.quad(packet, offset + SOURCE);
    }

    /** The destination address as a number in network order. */
    public static int destination(byte[] packet, int offset) {
        return NetworkOrder.quad(packet, offset + DESTINATION);
    }

    /** Sets DSCP and ECN and mends the checksum. */
    public static void setTypeOfService(byte[] packet, int offset, int typeOfService) {
        int old = NetworkOrder.word(packet, offset);
        replaceWord(packet, offset, 0, (old & 0xff00) | (typeOfService & 0xff));
    }

    /**
     * Writes a header of 20 octets with its checksum, for a packet of our own that nobody need cut: DF is set, so that
     * the identification has no meaning and is 0 (RFC 6864 section 4).
     *
     * @param totalBytes octets of the packet, header included
     */
    static void write(
            byte[] packet, int offset, int typeOfService, int totalBytes, int protocol, int source, int destination) {
        packet[offset] = VERSION_AND_MIN_HEADER;
        packet[offset + TOS] = (byte) typeOfService;
        NetworkOrder.putWord(packet, offset + TOTAL_LENGTH, totalBytes);
        NetworkOrder.putWord(packet, offset + IDENTIFICATION, 0);
        NetworkOrder.putWord(packet, offset + FLAGS_AND_OFFSET, DONT_FRAGMENT);
        packet[offset + TIME_TO_LIVE] = OWN_TIME_TO_LIVE;
        packet[offset + PROTOCOL] = (byte) protocol;
        NetworkOrder.putQuad(packet, offset + SOURCE, source);
        NetworkOrder.putQuad(packet, offset + DESTINATION, destination);
        writeChecksum(packet, offset);
    }

    /** Turns the header into that of one fragment: total length, offset and flag are set, the checksum is not. */
    static void writeFragmentFields(
            byte[] packet, int offset, int totalBytes, int fragmentOffsetBytes, boolean moreFragments) {
        NetworkOrder.putWord(packet, offset + TOTAL_LENGTH, totalBytes);
        int field = fragmentOffsetBytes / FRAGMENT_UNIT_BYTES | (moreFragments ? MORE_FRAGMENTS : 0);
        NetworkOrder.putWord(packet, offset + FLAGS_AND_OFFSET, field);
    }

    /** Sets the total length; the checksum is not mended. */
    public static void setTotalBytes(byte[] packet, int offset, int totalBytes) {
        NetworkOrder.putWord(packet, offset + TOTAL_LENGTH, totalBytes);
    }

    /** Sets total length and identification; the checksum is not mended. */
    public static void setTotalBytesAndIdentification(byte[] packet, int offset, int totalBytes, int identification) {
        NetworkOrder.putQuad(packet, offset + TOTAL_LENGTH, (totalBytes << 16) | (identification & 0xffff));
    }

    /** Sets the identification; the checksum is not mended. */
    public static void setIdentification(byte[] packet, int offset, int identification) {
        NetworkOrder.putWord(packet, offset + IDENTIFICATION, identification);
    }

    /** Sets the field alone; the caller has computed it. */
    public static void setChecksum(byte[] packet, int offset, int checksum) {
        NetworkOrder.putWord(packet, offset + CHECKSUM, checksum);
    }

    /** Computes the checksum of the whole header anew. */
    public static void writeChecksum(byte[] packet, int offset) {
        NetworkOrder.putWord(packet, offset + CHECKSUM, 0);
        int checksum = InternetChecksum.compute(packet, offset, headerBytes(packet, offset), 0);
        NetworkOrder.putWord(packet, offset + CHECKSUM, checksum);
    }

    private static void replaceWord(byte[] packet, int offset, int field, int newWord) {
        int oldWord = NetworkOrder.word(packet, offset + field);
        int checksum = InternetChecksum.update(checksum(packet, offset), oldWord, newWord);
        NetworkOrder.putWord(packet, offset + field, newWord);
        NetworkOrder.putWord(packet, offset + CHECKSUM, checksum);
    }
}
