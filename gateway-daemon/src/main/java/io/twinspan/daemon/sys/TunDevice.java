package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A TUN device of this process, of raw IP packets. The device goes away with its descriptor.
 *
 * <p>With offloads each packet has a {@code struct virtio_net_hdr} of 10 octets in front: the kernel hands over TCP and UDP
 * as super-packets of up to 64 KiB with their checksums still to be completed, and takes the same.
 */
public final class TunDevice implements AutoCloseable {
    private static final int MAX_NAME_OCTETS = 15;
    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNGETIFF = 0x800454d2L;
    private static final long TUNSETOFFLOAD = 0x400454d0L;
    private static final long TUNSETVNETHDRSZ = 0x400454d8L;
    private static final int IFF_TUN = 1;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;
    private static final int IFREQ_OCTETS = 40;
    private static final int IFREQ_FLAGS = 16;
    private static final int VNET_HEADER_OCTETS = 10;

    /** TUN_F_CSUM, TUN_F_TSO4, TUN_F_TSO6, TUN_F_TSO_ECN. */
    private static final int TCP_OFFLOADS = 0x1 | 0x2 | 0x4 | 0x8;

    /** TUN_F_USO4, TUN_F_USO6: since Linux 6.2. */
    private static final int UDP_OFFLOADS = 0x20 | 0x40;

    private final Descriptor descriptor;
    private final String name;
    private final boolean offloads;
    private final boolean udpOffloads;

    private TunDevice(Descriptor descriptor, String name, boolean offloads, boolean udpOffloads) {
        this.descriptor = descriptor;
        this.name = name;
        this.offloads = offloads;
        this.udpOffloads = udpOffloads;
    }

    /**
     * Creates a device in the network namespace of the calling thread, open(2), ioctl(2) TUNSETIFF, TUNSETOFFLOAD.
     *
     * @param name at most 15 octets
     * @param offloads whether packets carry a virtio header and may be super-packets
     */
    public static TunDevice open(String name, boolean offloads) {
        byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
        if (octets.length == 0 || octets.length > MAX_NAME_OCTETS) {
            throw new IllegalArgumentException("device name '" + name + "' is not 1 to 15 octets long");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/dev/net/tun");
            int fd = Libc.check(Libc.open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC), "open /dev/net/tun");
            Descriptor descriptor = new Descriptor(fd);
            try {
                MemorySegment request = arena.allocate(IFREQ_OCTETS, 8);
                MemorySegment.copy(octets, 0, request, ValueLayout.JAVA_BYTE, 0, octets.length);
                int flags = IFF_TUN | IFF_NO_PI | (offloads ? IFF_VNET_HDR : 0);
                request.set(ValueLayout.JAVA_SHORT, IFREQ_FLAGS, (short) flags);
                Libc.check(Libc.ioctl(fd, TUNSETIFF, request), "ioctl TUNSETIFF " + name);
                return new TunDevice(descriptor, name, offloads, offloads && setOffloads(fd, name, arena));
            } catch (SyscallException e) {
                descriptor.close();
                throw e;
            }
        }
    }

    /**
     * Takes over a device that another process created with {@link #open}, with the packets that wait in it, ioctl(2)
     * TUNGETIFF.
     *
     * @return the device, or nothing where the descriptor is another device or of the other form, or the device is gone; then
     *     the descriptor stays the caller's
     */
    public static Optional<TunDevice> adopt(Descriptor descriptor, String name, boolean offloads) {
        int fd = descriptor.fd();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(IFREQ_OCTETS, 8);
            if (Libc.ioctl(fd, TUNGETIFF, request) < 0) {
                return Optional.empty();
            }
            int flags = request.get(ValueLayout.JAVA_SHORT, IFREQ_FLAGS);
            boolean hasHeader = (flags & IFF_VNET_HDR) != 0;
            if (!request.getString(0).equals(name) || (flags & IFF_TUN) == 0 || hasHeader != offloads) {
                return Optional.empty();
            }
            return Optional.of(new TunDevice(descriptor, name, offloads, offloads && setOffloads(fd, name, arena)));
        }
    }

    /** True where the kernel knows UDP super-packets too. */
    private static boolean setOffloads(int fd, String name, Arena arena) {
        MemorySegment size = arena.allocateFrom(ValueLayout.JAVA_INT, VNET_HEADER_OCTETS);
        Libc.check(Libc.ioctl(fd, TUNSETVNETHDRSZ, size), "ioctl TUNSETVNETHDRSZ " + name);
        // The flags are the argument itself, not what a pointer points to.
        if (Libc.ioctl(fd, TUNSETOFFLOAD, MemorySegment.ofAddress(TCP_OFFLOADS | UDP_OFFLOADS)) >= 0) {
            return true;
        }
        Libc.check(Libc.ioctl(fd, TUNSETOFFLOAD, MemorySegment.ofAddress(TCP_OFFLOADS)), "ioctl TUNSETOFFLOAD " + name);
        return false;
    }

    /** The descriptor, which one loop may read while others write. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /**
     * Reads one packet, read(2).
     *
     * @param limit most octets to take; a longer packet is cut by the kernel
     * @return its length, or the negated errno; {@code -EAGAIN} where none is waiting
     */
    public int read(byte[] into, int offset, int limit) {
        return Libc.read(descriptor.fd(), into, offset, limit);
    }

    /**
     * Writes one packet, write(2).
     *
     * @return its length, or the negated errno
     */
    public int write(byte[] packet, int offset, int length) {
        return Libc.write(descriptor.fd(), packet, offset, length);
    }

    /** Name of the device. */
    public String name() {
        return name;
    }

    /** True where each packet has a virtio header in front. */
    public boolean hasOffloads() {
        return offloads;
    }

    /** True where UDP super-packets may be written. */
    public boolean hasUdpOffloads() {
        return udpOffloads;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
