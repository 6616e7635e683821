package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Messages waiting to be sent on one socket with one call. A message is one datagram, or several of equal length that the
 * kernel takes apart (UDP_SEGMENT, udp(7)). Keeps its order and what could not be sent. Confined to the thread that made it.
 */
public final class SendBatch implements AutoCloseable {
    /** Datagrams that every kernel with UDP_SEGMENT takes in one message. */
    public static final int MAX_SEGMENTS = 64;

    /** Most octets of one message of several datagrams: with its headers it must stay below 64 KiB. */
    public static final int MAX_SEGMENTED_OCTETS = 65_000;

    private static final int CONTROL_ALIGNMENT = 64;
    private static final int TOS_CONTROL_OCTETS = 24;
    private static final int TOS_CMSG_OCTETS = 20;
    private static final int SEGMENT_CONTROL_OCTETS = 24;
    private static final int SEGMENT_CMSG_OCTETS = 18;

    private final Arena arena = Arena.ofConfined();
    private final int capacity;
    private final int octets;
    private final MemorySegment messages;
    private final MemorySegment iovecs;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final MemorySegment payloads;
    private final int[] starts;
    private final int[] lengths;
    private final int[] segments;
    private int head;
    private int tail;
    private int used;

    /** The parts of the first message, for a kernel or device that does not take it whole; made when first needed. */
    private MemorySegment pieces = MemorySegment.NULL;

    private MemorySegment pieceVectors = MemorySegment.NULL;
    private int pieceCount;
    private int pieceSent;

    /**
     * Memory for sending.
     *
     * @param capacity messages that may wait
     * @param octets payload octets that may wait
     */
    public SendBatch(int capacity, int octets) {
        this.capacity = capacity;
        this.octets = octets;
        messages = arena.allocate((long) capacity * MessageLayout.MESSAGE_OCTETS, 8);
        iovecs = arena.allocate((long) capacity * MessageLayout.IOVEC_OCTETS, 8);
        names = arena.allocate((long) capacity * MessageLayout.NAME_OCTETS, 8);
        controls = arena.allocate((long) capacity * MessageLayout.CONTROL_OCTETS, CONTROL_ALIGNMENT);
        payloads = arena.allocate(octets, CONTROL_ALIGNMENT);
        starts = new int[capacity];
        lengths = new int[capacity];
        segments = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            MessageLayout.wire(
                    messages,
                    i,
                    names.asSlice((long) i * MessageLayout.NAME_OCTETS),
                    iovecs.asSlice((long) i * MessageLayout.IOVEC_OCTETS),
                    controls.asSlice((long) i * MessageLayout.CONTROL_OCTETS));
        }
    }

    /**
     * Appends a message.
     *
     * @param trafficClass TOS or traffic class octet of the outer header
     * @param segmentOctets length of each datagram but the last, which may be shorter; {@code length} for a single one
     * @return false where there is no room: nothing was appended
     */
    public boolean add(SockAddr remote, int trafficClass, byte[] packet, int offset, int length, int segmentOctets) {
        if (tail == capacity || length > octets - used) {
            return false;
        }
        MemorySegment.copy(packet, offset, payloads, ValueLayout.JAVA_BYTE, used, length);
        long iovec = (long) tail * MessageLayout.IOVEC_OCTETS;
        iovecs.set(ValueLayout.JAVA_LONG, iovec, payloads.address() + used);
        iovecs.set(ValueLayout.JAVA_LONG, iovec + 8, length);
        remote.copyTo(names, (long) tail * MessageLayout.NAME_OCTETS);
        int control = writeControl(remote.isIpv4(), trafficClass, length > segmentOctets ? segmentOctets : 0);
        MessageLayout.lengths(messages, tail, remote.octetCount(), control);
        starts[tail] = used;
        lengths[tail] = length;
        segments[tail] = segmentOctets;
        used += length;
        tail++;
        return true;
    }

    private int writeControl(boolean ipv4, int trafficClass, int segmentOctets) {
        long at = (long) tail * MessageLayout.CONTROL_OCTETS;
        int level = ipv4 ? SocketOptions.SOL_IP : SocketOptions.SOL_IPV6;
        int type = ipv4 ? SocketOptions.IP_TOS : SocketOptions.IPV6_TCLASS;
        MessageLayout.writeCmsg(controls, at, TOS_CMSG_OCTETS, level, type);
        controls.set(ValueLayout.JAVA_INT, at + MessageLayout.CMSG_DATA, trafficClass);
        if (segmentOctets == 0) {
            return TOS_CONTROL_OCTETS;
        }
        at += TOS_CONTROL_OCTETS;
        MessageLayout.writeCmsg(controls, at, SEGMENT_CMSG_OCTETS, SocketOptions.SOL_UDP, SocketOptions.UDP_SEGMENT);
        controls.set(ValueLayout.JAVA_SHORT, at + MessageLayout.CMSG_DATA, (short) segmentOctets);
        return TOS_CONTROL_OCTETS + SEGMENT_CONTROL_OCTETS;
    }

    /**
     * Sends what is waiting, sendmmsg(2), as far as the socket takes it.
     *
     * @return how many messages went out, or the negated errno of the first waiting one, which then still waits
     */
    public int send(Descriptor to) {
        if (pieceCount > 0) {
            return sendPieces(to);
        }
        int sent = Libc.sendmmsg(to.fd(), messages, head, tail - head, MessageLayout.MSG_DONTWAIT);
        if (sent > 0) {
            advance(sent);
        }
        return sent;
    }

    private int sendPieces(Descriptor to) {
        int sent = Libc.sendmmsg(to.fd(), pieces, pieceSent, pieceCount - pieceSent, MessageLayout.MSG_DONTWAIT);
        if (sent > 0) {
            pieceSent += sent;
            endPieces();
        }
        return sent;
    }

    /** True where the first waiting message is of several datagrams in one. */
    public boolean firstIsSegmented() {
        return pieceCount == 0 && head < tail && lengths[head] > segments[head];
    }

    /** Takes the first waiting message apart: its datagrams are sent one by one from now on. */
    public void takeApart() {
        if (pieces.byteSize() == 0) {
            pieces = arena.allocate((long) MAX_SEGMENTS * MessageLayout.MESSAGE_OCTETS, 8);
            pieceVectors = arena.allocate((long) MAX_SEGMENTS * MessageLayout.IOVEC_OCTETS, 8);
        }
        int rest = lengths[head];
        long address = payloads.address() + starts[head];
        MemorySegment name = names.asSlice((long) head * MessageLayout.NAME_OCTETS);
        MemorySegment control = controls.asSlice((long) head * MessageLayout.CONTROL_OCTETS);
        pieceSent = 0;
        for (pieceCount = 0; rest > 0; pieceCount++) {
            int length = Math.min(rest, segments[head]);
            long iovec = (long) pieceCount * MessageLayout.IOVEC_OCTETS;
            pieceVectors.set(ValueLayout.JAVA_LONG, iovec, address);
            pieceVectors.set(ValueLayout.JAVA_LONG, iovec + 8, length);
            MessageLayout.wire(pieces, pieceCount, name, pieceVectors.asSlice(iovec), control);
            MessageLayout.lengths(pieces, pieceCount, MessageLayout.nameLength(messages, head), TOS_CONTROL_OCTETS);
            address += length;
            rest -= length;
        }
    }

    /** Gives up the first waiting message, or datagram of one taken apart; tells how many datagrams that were. */
    public int dropFirst() {
        if (pieceCount > 0) {
            pieceSent++;
            endPieces();
            return 1;
        }
        int count = datagrams(head);
        advance(1);
        return count;
    }

    private void endPieces() {
        if (pieceSent == pieceCount) {
            pieceCount = 0;
            advance(1);
        }
    }

    private int datagrams(int message) {
        return segments[message] == 0 ? 1 : Math.ceilDiv(lengths[message], segments[message]);
    }

    /** True where nothing waits. */
    public boolean isEmpty() {
        return head == tail;
    }

    private void advance(int count) {
        head += count;
        if (head == tail) {
            head = 0;
            tail = 0;
            used = 0;
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
