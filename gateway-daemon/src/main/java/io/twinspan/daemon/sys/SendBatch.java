package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Datagrams waiting to be sent on one socket with one call. Keeps its order and what could not be sent. Confined to the
 * thread that made it.
 */
public final class SendBatch implements AutoCloseable {
    private static final int CONTROL_LENGTH = 24;
    private static final int CMSG_LENGTH = 20;

    private final Arena arena = Arena.ofConfined();
    private final int capacity;
    private final int slotOctets;
    private final MemorySegment messages;
    private final MemorySegment iovecs;
    private final MemorySegment payloads;
    private final MemorySegment[] names;
    private final MemorySegment[] controls;
    private int head;
    private int tail;

    /**
     * Memory for sending.
     *
     * @param capacity datagrams that may wait
     * @param slotOctets length of the longest datagram
     */
    public SendBatch(int capacity, int slotOctets) {
        this.capacity = capacity;
        this.slotOctets = slotOctets;
        messages = arena.allocate((long) capacity * MessageLayout.MESSAGE_OCTETS, 8);
        iovecs = arena.allocate((long) capacity * MessageLayout.IOVEC_OCTETS, 8);
        payloads = arena.allocate((long) capacity * slotOctets, 64);
        names = new MemorySegment[capacity];
        controls = new MemorySegment[capacity];
        for (int i = 0; i < capacity; i++) {
            names[i] = arena.allocate(MessageLayout.NAME_OCTETS, 8);
            controls[i] = arena.allocate(MessageLayout.CONTROL_OCTETS, 8);
            controls[i].set(ValueLayout.JAVA_LONG, 0, CMSG_LENGTH);
            long iovec = (long) i * MessageLayout.IOVEC_OCTETS;
            iovecs.set(ValueLayout.ADDRESS, iovec, payloads.asSlice((long) i * slotOctets, slotOctets));
            MessageLayout.wire(messages, i, names[i], iovecs.asSlice(iovec), controls[i]);
        }
    }

    /**
     * Appends a datagram.
     *
     * @param trafficClass TOS or traffic class octet of the outer header
     * @return false where the batch is full or the datagram is too long: nothing was appended
     */
    public boolean add(SockAddr remote, int trafficClass, byte[] packet, int offset, int length) {
        if (tail == capacity || length > slotOctets) {
            return false;
        }
        MemorySegment.copy(packet, offset, payloads, ValueLayout.JAVA_BYTE, (long) tail * slotOctets, length);
        iovecs.set(ValueLayout.JAVA_LONG, (long) tail * MessageLayout.IOVEC_OCTETS + 8, length);
        remote.copyTo(names[tail]);
        MemorySegment control = controls[tail];
        boolean ipv4 = remote.isIpv4();
        control.set(
                ValueLayout.JAVA_INT, MessageLayout.CMSG_LEVEL, ipv4 ? SocketOptions.SOL_IP : SocketOptions.SOL_IPV6);
        control.set(
                ValueLayout.JAVA_INT, MessageLayout.CMSG_TYPE, ipv4 ? SocketOptions.IP_TOS : SocketOptions.IPV6_TCLASS);
        control.set(ValueLayout.JAVA_INT, MessageLayout.CMSG_DATA, trafficClass);
        MessageLayout.lengths(messages, tail, remote.octetCount(), CONTROL_LENGTH);
        tail++;
        return true;
    }

    /**
     * Sends what is waiting, sendmmsg(2), as far as the socket takes it.
     *
     * @return how many datagrams went out, or the negated errno of the first waiting one, which then still waits
     */
    public int send(Descriptor to) {
        int sent = Libc.sendmmsg(
                to.fd(),
                messages.asSlice((long) head * MessageLayout.MESSAGE_OCTETS),
                tail - head,
                MessageLayout.MSG_DONTWAIT);
        if (sent > 0) {
            advance(sent);
        }
        return sent;
    }

    /** Gives up the first waiting datagram. */
    public void dropFirst() {
        advance(1);
    }

    /** True where nothing waits. */
    public boolean isEmpty() {
        return head == tail;
    }

    /** True where {@link #add} would refuse. */
    public boolean isFull() {
        return tail == capacity;
    }

    private void advance(int count) {
        head += count;
        if (head == tail) {
            head = 0;
            tail = 0;
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
