package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Waits for one descriptor with a time limit in nanoseconds, ppoll(2); the kernel keeps it to about 50 microseconds. For a
 * thread that has both packets to read and deadlines to keep. Confined to the thread that made it.
 */
public final class ReadinessWait implements AutoCloseable {
    private static final int POLLFD_OCTETS = 8;
    private static final int POLLFD_EVENTS = 4;
    private static final short POLLIN = 1;
    private static final int TIMESPEC_OCTETS = 16;
    private static final int TIMESPEC_NANOS = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Arena arena = Arena.ofConfined();
    private final Descriptor descriptor;
    private final MemorySegment pollfd = arena.allocate(POLLFD_OCTETS, 4);
    private final MemorySegment limit = arena.allocate(TIMESPEC_OCTETS, 8);

    /** Takes part in the descriptor's ownership until closed. */
    public ReadinessWait(Descriptor descriptor) {
        this.descriptor = descriptor.retain();
        pollfd.set(ValueLayout.JAVA_INT, 0, descriptor.fd());
        pollfd.set(ValueLayout.JAVA_SHORT, POLLFD_EVENTS, POLLIN);
    }

    /**
     * Waits until there is something to read or the time is over.
     *
     * @param nanos the time limit; none or less looks only
     * @return true where there is something to read; false also where a signal ended the wait
     */
    public boolean await(long nanos) {
        long atMost = Math.max(nanos, 0);
        limit.set(ValueLayout.JAVA_LONG, 0, atMost / NANOS_PER_SECOND);
        limit.set(ValueLayout.JAVA_LONG, TIMESPEC_NANOS, atMost % NANOS_PER_SECOND);
        int ready = Libc.ppoll(pollfd, limit);
        return (ready == -Errno.EINTR ? 0 : Libc.check(ready, "ppoll")) > 0;
    }

    @Override
    public void close() {
        descriptor.close();
        arena.close();
    }
}
