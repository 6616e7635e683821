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

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Arena arena = Arena.ofConfined();
    private final int capacity;
    private final MemorySegment messages;
    private final MemorySegment payloads;
    private final MemorySegment names;
    private final MemorySegment controls;

    /**
     * Memory for receiving.
     *
     * @param capacity most datagrams taken by one call
     */
    public ReceiveBatch(int capacity) {
        this.capacity = capacity;
        messages = arena.allocate((long) capacity * MessageLayout.MESSAGE_OCTETS, 8);
        payloads = arena.allocate((long) capacity * SLOT_OCTETS, 64);
        names = arena.allocate((long) capacity * MessageLayout.NAME_OCTETS, 8);
        controls = arena.allocate((long) capacity * MessageLayout.CONTROL_OCTETS, 8);
        MemorySegment iovecs = arena.allocate((long) capacity * MessageLayout.IOVEC_OCTETS, 8);
        for (int i = 0; i < capacity; i++) {
            long iovec = (long) i * MessageLayout.IOVEC_OCTETS;
            iovecs.set(ValueLayout.ADDRESS, iovec, payloads.asSlice((long) i * SLOT_OCTETS, SLOT_OCTETS));
            iovecs.set(ValueLayout.JAVA_LONG, iovec + 8, SLOT_OCTETS);
            MessageLayout.wire(
                    messages,
                    i,
                    names.asSlice((long) i * MessageLayout.NAME_OCTETS),
                    iovecs.asSlice(iovec),
                    controls.asSlice((long) i * MessageLayout.CONTROL_OCTETS));
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

    /** Most messages taken by one call. */
    public int capacity() {
        return capacity;
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
        long at = find(
                index, SocketOptions.SOL_IP, SocketOptions.IP_TOS, SocketOptions.SOL_IPV6, SocketOptions.IPV6_TCLASS);
        return at < 0 ? 0 : controls.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    /**
     * Length of each datagram that the kernel has put together in this one (UDP_GRO, udp(7)); the last may be shorter. The
     * whole {@link #length} where it is a single datagram.
     */
    public int segmentOctets(int index) {
        long at = find(index, SocketOptions.SOL_UDP, SocketOptions.UDP_GRO);
        int octets = at < 0 ? 0 : controls.get(ValueLayout.JAVA_INT, at);
        return octets > 0 ? octets : length(index);
    }

    /** True where the datagram came in fragments that the kernel put together, ip(7) and ipv6(7) RECVFRAGSIZE. */
    public boolean reassembled(int index) {
        return find(
                        index,
                        SocketOptions.SOL_IP,
                        SocketOptions.IP_RECVFRAGSIZE,
                        SocketOptions.SOL_IPV6,
                        SocketOptions.IPV6_RECVFRAGSIZE)
                >= 0;
    }

    /** When the kernel received the datagram, nanoseconds of the wall clock; 0 where it did not say (SO_TIMESTAMPNS). */
    public long arrivedAtNanos(int index) {
        long at = find(index, SocketOptions.SOL_SOCKET, SocketOptions.SO_TIMESTAMPNS);
        return at < 0
                ? 0
                : controls.get(ValueLayout.JAVA_LONG, at) * NANOS_PER_SECOND
                        + controls.get(ValueLayout.JAVA_LONG, at + Long.BYTES);
    }

    /** Where the data of a control message stand; -1 where there is none of that kind. */
    private long find(int index, int level, int type) {
        return find(index, level, type, level, type);
    }

    /** The same for the first of two kinds, of which a socket's family knows one. */
    private long find(int index, int level, int type, int otherLevel, int otherType) {
        long at = (long) index * MessageLayout.CONTROL_OCTETS;
        long end = at + MessageLayout.controlLength(messages, index);
        while (at + MessageLayout.CMSG_DATA < end) {
            int itsLevel = controls.get(ValueLayout.JAVA_INT, at + MessageLayout.CMSG_LEVEL);
            int itsType = controls.get(ValueLayout.JAVA_INT, at + MessageLayout.CMSG_TYPE);
            if ((itsLevel == level && itsType == type) || (itsLevel == otherLevel && itsType == otherType)) {
                return at + MessageLayout.CMSG_DATA;
            }
            at += MessageLayout.cmsgSpace(controls.get(ValueLayout.JAVA_LONG, at));
        }
        return -1;
    }

    /** Port the datagram came from; 0 for raw sockets over IPv4. */
    public int remotePort(int index) {
        return SockAddr.port(names, (long) index * MessageLayout.NAME_OCTETS);
    }

    /** High half of the sender's address. */
    public long remoteHigh(int index) {
        return SockAddr.high(names, (long) index * MessageLayout.NAME_OCTETS);
    }

    /** Low half of the sender's address; an IPv4 address reads as ::ffff:a.b.c.d. */
    public long remoteLow(int index) {
        return SockAddr.low(names, (long) index * MessageLayout.NAME_OCTETS);
    }

    @Override
    public void close() {
        arena.close();
    }
}
