package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * A TUN device of this process, of raw IP packets without a prefix. The device goes away with its descriptor.
 */
public final class TunDevice implements AutoCloseable {
    private static final int MAX_NAME_OCTETS = 15;
    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final long TUNSETIFF = 0x400454caL;
    private static final short IFF_TUN = 1;
    private static final short IFF_NO_PI = 0x1000;
    private static final int IFREQ_OCTETS = 40;
    private static final int IFREQ_FLAGS = 16;

    private final Descriptor descriptor;
    private final String name;

    private TunDevice(Descriptor descriptor, String name) {
        this.descriptor = descriptor;
        this.name = name;
    }

    /**
     * Creates a device in the network namespace of the calling thread, open(2), ioctl(2) TUNSETIFF.
     *
     * @param name at most 15 octets
     */
    public static TunDevice open(String name) {
        byte[] octets = name.getBytes(StandardCharsets.US_ASCII);
        if (octets.length == 0 || octets.length > MAX_NAME_OCTETS) {
            throw new IllegalArgumentException("device name '" + name + "' is not 1 to 15 octets long");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/dev/net/tun");
            int fd = Libc.check(Libc.open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC), "open /dev/net/tun");
            Descriptor descriptor = new Descriptor(fd);
            MemorySegment request = arena.allocate(IFREQ_OCTETS, 8);
            MemorySegment.copy(octets, 0, request, ValueLayout.JAVA_BYTE, 0, octets.length);
            request.set(ValueLayout.JAVA_SHORT, IFREQ_FLAGS, (short) (IFF_TUN | IFF_NO_PI));
            int result = Libc.ioctl(fd, TUNSETIFF, request);
            if (result < 0) {
                descriptor.close();
                throw new SyscallException("ioctl TUNSETIFF " + name, -result);
            }
            return new TunDevice(descriptor, name);
        }
    }

    /** The descriptor, which one loop may read while others write. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** Name of the device. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
