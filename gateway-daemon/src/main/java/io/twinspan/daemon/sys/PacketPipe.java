package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads and writes whole packets of a descriptor through one block of native memory. Confined to the thread that made it,
 * which must also close it.
 */
public final class PacketPipe implements AutoCloseable {
    /** The largest IP packet with a virtio header in front. */
    public static final int MAX_PACKET_OCTETS = 65_535 + 10;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment staging = arena.allocate(MAX_PACKET_OCTETS, 64);

    /**
     * Reads one packet, read(2).
     *
     * @param limit most octets to take; a longer packet is cut by the kernel
     * @return its length, or the negated errno; {@code -EAGAIN} where none is waiting
     */
    public int read(Descriptor from, byte[] into, int offset, int limit) {
        int length = Libc.read(from.fd(), staging, Math.min(limit, MAX_PACKET_OCTETS));
        if (length > 0) {
            MemorySegment.copy(staging, ValueLayout.JAVA_BYTE, 0, into, offset, length);
        }
        return length;
    }

    /**
     * Writes one packet, write(2).
     *
     * @return its length, or the negated errno
     */
    public int write(Descriptor to, byte[] packet, int offset, int length) {
        MemorySegment.copy(packet, offset, staging, ValueLayout.JAVA_BYTE, 0, length);
        return Libc.write(to.fd(), staging, length);
    }

    @Override
    public void close() {
        arena.close();
    }
}
