package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A non-blocking datagram socket bound to one local outside address: UDP or raw ESP.
 *
 * <p>Binding to the address makes the kernel use it as the source, so no packet information has to be asked for or set.
 */
public final class OutsideSocket implements AutoCloseable {
    private static final int IPPROTO_UDP = 17;
    private static final int IPPROTO_ESP = 50;

    private final Descriptor descriptor;
    private final boolean ipv4;
    private final boolean raw;

    private OutsideSocket(Descriptor descriptor, boolean ipv4, boolean raw) {
        this.descriptor = descriptor;
        this.ipv4 = ipv4;
        this.raw = raw;
    }

    /**
     * Opens a UDP socket on a local address and port, socket(2), bind(2), udp(7).
     *
     * @param bufferOctets wanted size of each buffer of the socket; the kernel may grant less
     */
    public static OutsideSocket udp(InetAddress local, int port, int bufferOctets) {
        return open(
                local,
                port,
                SocketOptions.SOCK_DGRAM,
                0,
                bufferOctets,
                "UDP port " + port + " on " + local.getHostAddress());
    }

    /** Opens a socket that takes and sends IP protocol 50 on a local address, raw(7). */
    public static OutsideSocket rawEsp(InetAddress local, int bufferOctets) {
        return open(
                local, 0, SocketOptions.SOCK_RAW, IPPROTO_ESP, bufferOctets, "raw ESP on " + local.getHostAddress());
    }

    private static OutsideSocket open(
            InetAddress local, int port, int type, int protocol, int bufferOctets, String what) {
        SockAddr address = SockAddr.of(local, port);
        int family = address.isIpv4() ? SockAddr.AF_INET : SockAddr.AF_INET6;
        int flags = type | SocketOptions.SOCK_NONBLOCK | SocketOptions.SOCK_CLOEXEC;
        int fd = Libc.check(Libc.socket(family, flags, protocol), "socket for " + what);
        Descriptor descriptor = new Descriptor(fd);
        try (Arena arena = Arena.ofConfined()) {
            SocketOptions.prepare(fd, address.isIpv4(), bufferOctets);
            MemorySegment encoded = arena.allocate(SockAddr.MAX_OCTETS, 8);
            address.copyTo(encoded, 0);
            Libc.check(Libc.bind(fd, encoded, address.octetCount()), "bind " + what);
            return new OutsideSocket(descriptor, address.isIpv4(), type == SocketOptions.SOCK_RAW);
        } catch (SyscallException e) {
            descriptor.close();
            throw e;
        }
    }

    /**
     * Takes over a UDP socket that another process opened with {@link #udp}, with the datagrams that wait in it.
     *
     * @return the socket, or nothing where it is another kind of socket or bound elsewhere; then it stays the caller's
     */
    public static Optional<OutsideSocket> adoptUdp(Descriptor descriptor, InetAddress local, int port, int buffer) {
        return adopt(descriptor, SockAddr.of(local, port), SocketOptions.SOCK_DGRAM, IPPROTO_UDP, buffer);
    }

    /** The same of a socket that was opened with {@link #rawEsp}. */
    public static Optional<OutsideSocket> adoptRawEsp(Descriptor descriptor, InetAddress local, int buffer) {
        return adopt(descriptor, SockAddr.of(local, 0), SocketOptions.SOCK_RAW, IPPROTO_ESP, buffer);
    }

    private static Optional<OutsideSocket> adopt(
            Descriptor descriptor, SockAddr address, int type, int protocol, int bufferOctets) {
        int fd = descriptor.fd();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(SockAddr.MAX_OCTETS, 8);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, SockAddr.MAX_OCTETS);
            // The kernel shows the protocol as the port of a raw socket, and an IPv6 name carries no flow label here.
            boolean fits = Libc.getsockname(fd, name, length) >= 0
                    && address.isAt(name, type == SocketOptions.SOCK_DGRAM)
                    && SocketOptions.get(fd, SocketOptions.SO_TYPE) == type
                    && SocketOptions.get(fd, SocketOptions.SO_PROTOCOL) == protocol;
            if (!fits) {
                return Optional.empty();
            }
            SocketOptions.prepare(fd, address.isIpv4(), bufferOctets);
            if (protocol == IPPROTO_UDP) {
                var _ = SocketOptions.trySet(fd, SocketOptions.SOL_UDP, SocketOptions.UDP_GRO, 0);
            }
            return Optional.of(new OutsideSocket(descriptor, address.isIpv4(), type == SocketOptions.SOCK_RAW));
        }
    }

    /** The descriptor. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** True for an IPv4 socket. */
    public boolean isIpv4() {
        return ipv4;
    }

    /** True where received packets start with an IPv4 header: raw IPv4 sockets deliver it, raw IPv6 ones do not, raw(7). */
    public boolean deliversIpHeader() {
        return raw && ipv4;
    }

    /** Reads and clears the socket's pending error, getsockopt(2); 0 for none. */
    public static int takeError(Descriptor descriptor) {
        return SocketOptions.takeError(descriptor.fd());
    }

    /**
     * Lets the kernel hand over several datagrams of one sender as one (UDP_GRO, udp(7)).
     *
     * @return false where the kernel cannot
     */
    public boolean receiveTogether() {
        return SocketOptions.trySet(descriptor.fd(), SocketOptions.SOL_UDP, SocketOptions.UDP_GRO, 1) >= 0;
    }

    /**
     * Lets the kernel cut packets that are longer than the device's MTU, or has it refuse them, as it does from the start:
     * no ESP packet ever needs it, but IKE without RFC 7383 may.
     */
    public static void fragments(Descriptor descriptor, boolean ipv4, boolean allowed) {
        SocketOptions.fragments(descriptor.fd(), ipv4, allowed);
    }

    /** Sets DF on what is sent next, for probes of the path MTU (RFC 8899 section 3), or clears it as from the start. */
    public static void unfragmented(Descriptor descriptor, boolean ipv4, boolean wanted) {
        SocketOptions.unfragmented(descriptor.fd(), ipv4, wanted);
    }

    /** Has the kernel note when each datagram arrived (SO_TIMESTAMPNS, socket(7)). */
    public void noteArrival() {
        SocketOptions.set(descriptor.fd(), SocketOptions.SOL_SOCKET, SocketOptions.SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
