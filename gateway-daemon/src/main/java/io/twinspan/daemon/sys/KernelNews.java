package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Opens non-blocking sockets on which the kernel tells what happens around us, in the namespace of the calling thread. */
public final class KernelNews {
    private static final int AF_NETLINK = 16;
    private static final int SOCKADDR_NL_OCTETS = 12;
    private static final int SOCKADDR_NL_GROUPS = 8;
    private static final int RTMGRP_LINK = 0x1;
    private static final int RTMGRP_IPV4_IFADDR = 0x10;
    private static final int RTMGRP_IPV6_IFADDR = 0x100;

    private static final int IPPROTO_ICMP = 1;
    private static final int SOL_RAW = 255;
    private static final int ICMP_FILTER = 1;
    private static final int DESTINATION_UNREACHABLE = 3;
    private static final int TIME_EXCEEDED = 11;

    private KernelNews() {}

    /**
     * ICMP errors about what this host has sent, raw(7): each begins with an IPv4 header.
     *
     * @throws SyscallException where CAP_NET_RAW is missing
     */
    public static Descriptor icmpErrors() {
        Descriptor descriptor = open(SockAddr.AF_INET, IPPROTO_ICMP, "socket for ICMP errors");
        try (Arena arena = Arena.ofConfined()) {
            // A set bit keeps a type away.
            int filter = ~(1 << DESTINATION_UNREACHABLE | 1 << TIME_EXCEEDED);
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_INT, filter);
            Libc.check(
                    Libc.setsockopt(descriptor.fd(), SOL_RAW, ICMP_FILTER, value, Integer.BYTES),
                    "setsockopt ICMP_FILTER");
            return descriptor;
        } catch (SyscallException e) {
            descriptor.close();
            throw e;
        }
    }

    /** Links that go up or down, addresses that come and go, rtnetlink(7). */
    public static Descriptor linkChanges() {
        Descriptor descriptor = open(AF_NETLINK, 0, "socket for link changes");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SOCKADDR_NL_OCTETS, Integer.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
            address.set(
                    ValueLayout.JAVA_INT, SOCKADDR_NL_GROUPS, RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR);
            Libc.check(Libc.bind(descriptor.fd(), address, SOCKADDR_NL_OCTETS), "bind AF_NETLINK");
            return descriptor;
        } catch (SyscallException e) {
            descriptor.close();
            throw e;
        }
    }

    private static Descriptor open(int family, int protocol, String what) {
        int type = SocketOptions.SOCK_RAW | SocketOptions.SOCK_NONBLOCK | SocketOptions.SOCK_CLOEXEC;
        return new Descriptor(Libc.check(Libc.socket(family, type, protocol), what));
    }
}
