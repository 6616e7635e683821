package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Memory for receiving several datagrams with one call, and the views of what came. Confined to the thread that made it.
 */
public final class ReceiveBatch implements AutoCloseable {
    /** Room for the largest datagram. */
    public static final int SLOT_OCTETS = 65_536;

    private final Arena arena = Arena.ofConfined();
    private final int capacity;
    private final MemorySegment messages;
    private final MemorySegment payloads;
    private final MemorySegment[] names;
    private final MemorySegment[] controls;

    /**
     * Memory for receiving.
     *
     * @param capacity most datagrams taken by one call
     */
    public ReceiveBatch(int capacity) {
        this.capacity = capacity;
        messages = arena.allocate((long) capacity * MessageLayout.MESSAGE_OCTETS, 8);
        payloads = arena.allocate((long) capacity * SLOT_OCTETS, 64);
        names = new MemorySegment[capacity];
        controls = new MemorySegment[capacity];
        MemorySegment iovecs = arena.allocate((long) capacity * MessageLayout.IOVEC_OCTETS, 8);
        for (int i = 0; i < capacity; i++) {
            names[i] = arena.allocate(MessageLayout.NAME_OCTETS, 8);
            controls[i] = arena.allocate(MessageLayout.CONTROL_OCTETS, 8);
            long iovec = (long) i * MessageLayout.IOVEC_OCTETS;
            iovecs.set(ValueLayout.ADDRESS, iovec, payloads.asSlice((long) i * SLOT_OCTETS, SLOT_OCTETS));
            iovecs.set(ValueLayout.JAVA_LONG, iovec + 8, SLOT_OCTETS);
            MessageLayout.wire(messages, i, names[i], iovecs.asSlice(iovec), controls[i]);
        }
    }

    /**
     * Takes what is waiting, recvmmsg(2).
     *
     * @return the number of datagrams, or the negated errno; {@code -EAGAIN} where none is waiting
     */
    public int receive(Descriptor from) {
        for (int i = 0; i < capacity; i++) {
            MessageLayout.lengths(messages, i, MessageLayout.NAME_OCTETS, MessageLayout.CONTROL_OCTETS);
        }
        return Libc.recvmmsg(from.fd(), messages, capacity, MessageLayout.MSG_DONTWAIT);
    }

    /** Length of a received datagram. */
    public int length(int index) {
        return MessageLayout.transferred(messages, index);
    }

    /** One octet of a datagram. */
    public byte octet(int index, int position) {
        return payloads.get(ValueLayout.JAVA_BYTE, (long) index * SLOT_OCTETS + position);
    }

    /** Copies a range of a datagram out. */
    public void copy(int index, int position, byte[] into, int offset, int length) {
        MemorySegment.copy(
                payloads, ValueLayout.JAVA_BYTE, (long) index * SLOT_OCTETS + position, into, offset, length);
    }

    /** The TOS or traffic class octet of the outer header; 0 where the kernel gave none. */
    public int trafficClass(int index) {
        MemorySegment control = controls[index];
        if (MessageLayout.controlLength(messages, index) <= MessageLayout.CMSG_DATA) {
            return 0;
        }
        int level = control.get(ValueLayout.JAVA_INT, MessageLayout.CMSG_LEVEL);
        int type = control.get(ValueLayout.JAVA_INT, MessageLayout.CMSG_TYPE);
        boolean known = (level == SocketOptions.SOL_IP && type == SocketOptions.IP_TOS)
                || (level == SocketOptions.SOL_IPV6 && type == SocketOptions.IPV6_TCLASS);
        return known ? control.get(ValueLayout.JAVA_BYTE, MessageLayout.CMSG_DATA) & 0xff : 0;
    }

    /** Port the datagram came from; 0 for raw sockets over IPv4. */
    public int remotePort(int index) {
        return SockAddr.port(names[index]);
    }

    /** High half of the sender's address. */
    public long remoteHigh(int index) {
        return SockAddr.high(names[index]);
    }

    /** Low half of the sender's address; an IPv4 address reads as ::ffff:a.b.c.d. */
    public long remoteLow(int index) {
        return SockAddr.low(names[index]);
    }

    @Override
    public void close() {
        arena.close();
    }
}
