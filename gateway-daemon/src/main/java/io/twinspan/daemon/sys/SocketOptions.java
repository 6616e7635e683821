package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Options that the outside sockets have in common, socket(7), ip(7), ipv6(7). */
final class SocketOptions {
    static final int SOL_SOCKET = 1;
    static final int SOL_IP = 0;
    static final int SOL_UDP = 17;
    static final int SOL_IPV6 = 41;
    static final int IP_TOS = 1;
    static final int IPV6_TCLASS = 67;
    static final int IP_RECVFRAGSIZE = 25;
    static final int IPV6_RECVFRAGSIZE = 77;
    static final int SO_TIMESTAMPNS = 35;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;

    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;

    static final int SO_TYPE = 3;
    static final int SO_PROTOCOL = 38;

    private static final int SO_ERROR = 4;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_RECVTOS = 13;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_RECVTCLASS = 66;
    private static final int PMTUDISC_PROBE = 3;
    private static final int PMTUDISC_INTERFACE = 4;
    private static final int PMTUDISC_OMIT = 5;

    private SocketOptions() {}

    /**
     * What every outside socket needs: big buffers, the received traffic class for RFC 6040, word of datagrams that came in
     * pieces, and no DF bit of the kernel's making.
     *
     * <p>Path MTU discovery is off on purpose: packets are cut to size before encryption, so DF has nothing to win, and
     * single packets would carry DF where batches do not. What ICMP, which anybody can forge, says about the path is ignored
     * as well: by default it makes the kernel refuse our packets, with DONT it makes it cut them. See {@link #fragments}.
     */
    static void prepare(int fd, boolean ipv4, int bufferOctets) {
        buffers(fd, bufferOctets);
        fragments(fd, ipv4, false);
        if (ipv4) {
            set(fd, SOL_IP, IP_RECVTOS, 1, "IP_RECVTOS");
            set(fd, SOL_IP, IP_RECVFRAGSIZE, 1, "IP_RECVFRAGSIZE");
        } else {
            // Refused once a port is bound, and by raw sockets always; bound to one IPv6 address, none hears IPv4
            // anyway.
            var _ = trySet(fd, SOL_IPV6, IPV6_V6ONLY, 1);
            set(fd, SOL_IPV6, IPV6_RECVTCLASS, 1, "IPV6_RECVTCLASS");
            set(fd, SOL_IPV6, IPV6_RECVFRAGSIZE, 1, "IPV6_RECVFRAGSIZE");
        }
    }

    /**
     * Whether the kernel may cut a packet that is longer than the device's MTU (OMIT), or refuses it (INTERFACE). Neither
     * sets DF nor heeds ICMP.
     */
    static void fragments(int fd, boolean ipv4, boolean allowed) {
        discovery(fd, ipv4, allowed ? PMTUDISC_OMIT : PMTUDISC_INTERFACE);
    }

    /** DF on what is sent (PROBE), or the state from the start (INTERFACE). */
    static void unfragmented(int fd, boolean ipv4, boolean wanted) {
        discovery(fd, ipv4, wanted ? PMTUDISC_PROBE : PMTUDISC_INTERFACE);
    }

    private static void discovery(int fd, boolean ipv4, int mode) {
        if (ipv4) {
            set(fd, SOL_IP, IP_MTU_DISCOVER, mode, "IP_MTU_DISCOVER");
        } else {
            set(fd, SOL_IPV6, IPV6_MTU_DISCOVER, mode, "IPV6_MTU_DISCOVER");
        }
    }

    /** Reads and clears the pending error of a socket; 0 for none. */
    static int takeError(int fd) {
        return get(fd, SO_ERROR);
    }

    /** An option of the socket level; 0 where the descriptor is no socket. */
    static int get(int fd, int option) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, Integer.BYTES);
            Libc.getsockopt(fd, SOL_SOCKET, option, value, length);
            return value.get(ValueLayout.JAVA_INT, 0);
        }
    }

    static void set(int fd, int level, int option, int value, String name) {
        Libc.check(trySet(fd, level, option, value), "setsockopt " + name);
    }

    private static void buffers(int fd, int octets) {
        // FORCE goes past net.core.rmem_max but needs CAP_NET_ADMIN in the first user namespace.
        if (trySet(fd, SOL_SOCKET, SO_RCVBUFFORCE, octets) < 0) {
            set(fd, SOL_SOCKET, SO_RCVBUF, octets, "SO_RCVBUF");
        }
        if (trySet(fd, SOL_SOCKET, SO_SNDBUFFORCE, octets) < 0) {
            set(fd, SOL_SOCKET, SO_SNDBUF, octets, "SO_SNDBUF");
        }
    }

    static int trySet(int fd, int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            return Libc.setsockopt(fd, level, option, arena.allocateFrom(ValueLayout.JAVA_INT, value), Integer.BYTES);
        }
    }
}
