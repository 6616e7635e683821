package io.twinspan.daemon.buffer;

/**
 * One packet's place: an array with room to spare on both sides, the range that is the packet, and where it came from.
 *
 * <p>Mutable and reused; owned by one loop. Fields are plain on purpose: this is the one structure that every packet passes.
 */
public final class PacketSlot {
    /** Room in front for what encapsulation adds: outer headers, ESP header, IV. */
    public static final int HEADROOM = 128;

    /** The largest IP packet. */
    public static final int MAX_PACKET_OCTETS = 65_535;

    /** Room behind for ESP padding, trailer and ICV. */
    public static final int TAILROOM = 384;

    private final byte[] array = new byte[HEADROOM + MAX_PACKET_OCTETS + TAILROOM];
    private int offset = HEADROOM;
    private int length;
    private int trafficClass;
    private long remoteHigh;
    private long remoteLow;
    private int remotePort;
    private boolean udpEncapsulated;
    private boolean reassembled;
    private boolean superPacket;
    private int segmentsToSkip;
    private int flow;
    private long enqueuedAtNanos;

    PacketSlot() {}

    /** The memory; longer than the packet. */
    public byte[] array() {
        return array;
    }

    /** Where the packet starts. */
    public int offset() {
        return offset;
    }

    /** How long the packet is. */
    public int length() {
        return length;
    }

    /** Sets the range that is the packet. */
    public void range(int newOffset, int newLength) {
        assert newOffset >= 0 && newLength >= 0 && newOffset + newLength <= array.length;
        offset = newOffset;
        length = newLength;
    }

    /** Notes that a TUN device delivered many segments as one packet, or did not. */
    public void superPacket(boolean many) {
        superPacket = many;
    }

    /** True where the packet has to be cut into segments. */
    public boolean isSuperPacket() {
        return superPacket;
    }

    /** Sets how many of a super-packet's first segments are not to be sent. */
    public void skipSegments(int count) {
        segmentsToSkip = count;
    }

    /** How many of a super-packet's first segments are not to be sent: queue management dropped them. */
    public int segmentsToSkip() {
        return segmentsToSkip;
    }

    /** Notes which flow the packet belongs to. */
    public void flow(int number) {
        flow = number;
    }

    /** Which flow the packet belongs to. */
    public int flow() {
        return flow;
    }

    /** Notes when the packet began to wait. */
    public void enqueuedAt(long nowNanos) {
        enqueuedAtNanos = nowNanos;
    }

    /** When the packet began to wait. */
    public long enqueuedAtNanos() {
        return enqueuedAtNanos;
    }

    /** Makes it an empty slot again. */
    void reset() {
        range(HEADROOM, 0);
        superPacket = false;
        segmentsToSkip = 0;
    }

    /** Notes the outer header of a received packet. */
    public void source(boolean encapsulated, long addressHigh, long addressLow, int port, int outerTrafficClass) {
        udpEncapsulated = encapsulated;
        remoteHigh = addressHigh;
        remoteLow = addressLow;
        remotePort = port;
        trafficClass = outerTrafficClass;
    }

    /** Notes whether a received packet came in pieces that the kernel put together. */
    public void reassembled(boolean inPieces) {
        reassembled = inPieces;
    }

    /** True where a received packet came in pieces that the kernel put together. */
    public boolean reassembled() {
        return reassembled;
    }

    /** TOS or traffic class octet of the outer header. */
    public int trafficClass() {
        return trafficClass;
    }

    /** High half of the outside sender's address. */
    public long remoteHigh() {
        return remoteHigh;
    }

    /** Low half of the outside sender's address; an IPv4 address is ::ffff:a.b.c.d. */
    public long remoteLow() {
        return remoteLow;
    }

    /** UDP port of the outside sender; 0 for raw ESP. */
    public int remotePort() {
        return remotePort;
    }

    /** True where the packet came in UDP (RFC 3948). */
    public boolean udpEncapsulated() {
        return udpEncapsulated;
    }
}
