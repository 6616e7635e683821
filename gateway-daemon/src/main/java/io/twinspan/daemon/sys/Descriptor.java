package io.twinspan.daemon.sys;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file descriptor that several loops may use at once: it is closed when the last holder lets go.
 *
 * <p>{@link #retain} and {@link #close} may be called from any thread.
 */
public final class Descriptor implements AutoCloseable {
    private static final int F_DUPFD_CLOEXEC = 1_030;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;

    private final int fd;
    private final AtomicInteger holders = new AtomicInteger(1);

    Descriptor(int fd) {
        this.fd = fd;
    }

    /**
     * Takes over a descriptor that this process was started with, and keeps it from its children, fcntl(2) F_SETFD.
     *
     * @throws SyscallException where nothing is open under this number
     */
    public static Descriptor inherited(int fd) {
        Libc.check(Libc.fcntl(fd, F_SETFD, FD_CLOEXEC), "take over descriptor " + fd);
        return new Descriptor(fd);
    }

    /** The number, valid while this holder has not closed. */
    public int fd() {
        return fd;
    }

    /** Takes part in the ownership; needs one more {@link #close}. */
    public Descriptor retain() {
        if (holders.getAndIncrement() <= 0) {
            throw new IllegalStateException("descriptor " + fd + " is closed already");
        }
        return this;
    }

    /**
     * A second descriptor of the same open file, for a loop that already knows the first: an event loop takes each number
     * once only. Has its own holders.
     */
    public Descriptor duplicate() {
        return new Descriptor(Libc.check(Libc.fcntl(fd, F_DUPFD_CLOEXEC, 0), "duplicate descriptor " + fd));
    }

    /** Gives up one holder's part; the last one closes, close(2). */
    @Override
    public void close() {
        if (holders.decrementAndGet() == 0) {
            Libc.close(fd);
        }
    }
}
