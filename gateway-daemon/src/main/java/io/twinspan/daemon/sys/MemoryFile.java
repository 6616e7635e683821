package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Memory that outlives the process with its descriptor and never reaches a disk, memfd_create(2): locked against swapping
 * where the limit allows, and sealed so that nobody can change its size under those who have mapped it.
 *
 * <p>The mapping stays until the process ends.
 */
public final class MemoryFile {
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int F_ADD_SEALS = 1_033;
    private static final int F_GET_SEALS = 1_034;
    /** F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW. */
    private static final int SEALS = 0x1 | 0x2 | 0x4;

    private static final int PROT_READ_WRITE = 0x1 | 0x2;
    private static final int MAP_SHARED = 1;
    /** Only what is used takes up memory. */
    private static final int MLOCK_ONFAULT = 1;

    private final Descriptor descriptor;
    private final MemorySegment memory;
    private final boolean locked;

    private MemoryFile(Descriptor descriptor, MemorySegment memory, boolean locked) {
        this.descriptor = descriptor;
        this.memory = memory;
        this.locked = locked;
    }

    /**
     * Makes one, filled with zeros.
     *
     * @param name shown in /proc
     * @param octets its size for ever
     */
    public static MemoryFile create(String name, long octets) {
        try (Arena arena = Arena.ofConfined()) {
            int fd = Libc.check(
                    Libc.memfdCreate(arena.allocateFrom(name), MFD_CLOEXEC | MFD_ALLOW_SEALING), "memfd_create");
            Descriptor descriptor = new Descriptor(fd);
            try {
                Libc.check(Libc.ftruncate(fd, octets), "ftruncate memfd");
                Libc.check(Libc.fcntl(fd, F_ADD_SEALS, SEALS), "seal memfd");
                return map(descriptor, octets);
            } catch (SyscallException e) {
                descriptor.close();
                throw e;
            }
        }
    }

    /**
     * Maps what another process made with {@link #create}.
     *
     * @return nothing where it is no such file or of another size; then the descriptor stays the caller's
     */
    public static Optional<MemoryFile> adopt(Descriptor descriptor, long octets) {
        int fd = descriptor.fd();
        boolean fits = Libc.fcntl(fd, F_GET_SEALS, 0) == SEALS && Libc.length(fd) == octets;
        return fits ? Optional.of(map(descriptor, octets)) : Optional.empty();
    }

    private static MemoryFile map(Descriptor descriptor, long octets) {
        long address = Libc.mmap(octets, PROT_READ_WRITE, MAP_SHARED, descriptor.fd());
        if (address < 0) {
            throw new SyscallException("mmap memfd", (int) -address);
        }
        MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(octets);
        return new MemoryFile(descriptor, memory, Libc.mlock2(address, octets, MLOCK_ONFAULT) >= 0);
    }

    /** The memory, shared with every process that has the file; from any thread. */
    public MemorySegment memory() {
        return memory;
    }

    /** The same as a buffer of its whole length; big endian. */
    public ByteBuffer buffer() {
        return memory.asByteBuffer();
    }

    /** True where it cannot be swapped out. */
    public boolean isLocked() {
        return locked;
    }

    /** What keeps the memory alive. */
    public Descriptor descriptor() {
        return descriptor;
    }
}
