package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;

/**
 * Sends ICMP and ICMPv6 messages from this host's own addresses, raw(7): the kernel writes the IP header, with the source
 * address of the route to the receiver, and the checksum of ICMPv6. Receives nothing. Not blocking; any one thread.
 */
public final class IcmpSocket implements AutoCloseable {
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final int SOL_RAW = 255;
    private static final int ICMP_FILTER = 1;
    private static final int ICMPV6_FILTER = 1;
    private static final int ICMPV6_FILTER_OCTETS = 32;
    private static final int NONE_AT_ALL = -1;

    private final Descriptor ipv4;
    private final Descriptor ipv6;

    /**
     * Opens both sockets in the network namespace of the calling thread.
     *
     * @throws SyscallException where CAP_NET_RAW is missing
     */
    public IcmpSocket() {
        ipv4 = open(SockAddr.AF_INET, IPPROTO_ICMP, SOL_RAW, ICMP_FILTER, Integer.BYTES);
        try {
            ipv6 = open(SockAddr.AF_INET6, IPPROTO_ICMPV6, IPPROTO_ICMPV6, ICMPV6_FILTER, ICMPV6_FILTER_OCTETS);
        } catch (SyscallException e) {
            ipv4.close();
            throw e;
        }
    }

    private static Descriptor open(int family, int protocol, int level, int filter, int filterOctets) {
        int type = SocketOptions.SOCK_RAW | SocketOptions.SOCK_NONBLOCK | SocketOptions.SOCK_CLOEXEC;
        Descriptor descriptor = new Descriptor(Libc.check(Libc.socket(family, type, protocol), "socket for ICMP"));
        try (Arena arena = Arena.ofConfined()) {
            // What arrives would only fill the socket's buffer.
            MemorySegment nothing = arena.allocate(filterOctets, Integer.BYTES);
            nothing.fill((byte) NONE_AT_ALL);
            Libc.check(
                    Libc.setsockopt(descriptor.fd(), level, filter, nothing, filterOctets), "setsockopt ICMP_FILTER");
            return descriptor;
        } catch (SyscallException e) {
            descriptor.close();
            throw e;
        }
    }

    /**
     * Sends one message.
     *
     * @param receiver decides the family
     * @param message from the ICMP type on
     * @throws SyscallException where the kernel does not take it, for example for want of a route
     */
    public void send(InetAddress receiver, byte[] message) {
        SockAddr address = SockAddr.of(receiver, 0);
        Descriptor socket = address.isIpv4() ? ipv4 : ipv6;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment encoded = arena.allocate(SockAddr.MAX_OCTETS, 8);
            address.copyTo(encoded, 0);
            MemorySegment octets = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            Libc.check(
                    Libc.sendto(socket.fd(), octets, message.length, 0, encoded, address.octetCount()),
                    "send ICMP to " + receiver.getHostAddress());
        }
    }

    @Override
    public void close() {
        ipv4.close();
        ipv6.close();
    }
}
