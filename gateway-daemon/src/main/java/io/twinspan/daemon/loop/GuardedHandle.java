package io.twinspan.daemon.loop;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A descriptor on an event loop, guarded against the traps of Netty's handle interface.
 *
 * <p>Nothing thrown by its owner reaches the loop, which would sleep for a second. Interest never falls to nothing, which
 * could not be armed again: EPOLLERR stays. Write interest is on only while asked for, since epoll is level-triggered. The
 * descriptor itself is opened and closed by its owner.
 */
public final class GuardedHandle implements EpollIoHandle {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedHandle.class);

    /** After so many failures in a row the handle is a bug that would burn the loop: it is taken off. */
    private static final int MAX_FAILURES_IN_A_ROW = 64;

    /** Then tasks and the other descriptors of the loop have their turn, however busy this one is. */
    private static final long MAX_BUSY_NANOS = 2_000_000;

    private final FileDescriptor descriptor;
    private final String name;
    private final DescriptorEvents events;
    private EpollIoOps interest;
    private @Nullable IoRegistration registration;
    private volatile boolean attaching;
    private boolean cancelled;
    private boolean closed;
    private int failuresInARow;
    private long busyPollNanos;

    /**
     * A handle for an open, non-blocking descriptor.
     *
     * @param reading true to be told about input from the start
     * @param name for logs
     */
    public GuardedHandle(int fd, String name, boolean reading, DescriptorEvents events) {
        this.descriptor = new FileDescriptor(fd);
        this.name = name;
        this.events = events;
        this.interest = reading ? EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLERR) : EpollIoOps.EPOLLERR;
    }

    /** Goes on looking for input for so long after the last, before the loop sleeps; set before {@link #attach}. */
    public GuardedHandle busyPoll(long nanos) {
        busyPollNanos = nanos;
        return this;
    }

    /** Puts the handle on a loop, from any thread. Registering alone delivers nothing: interest is submitted as well. */
    public void attach(IoEventLoop loop) {
        attaching = true;
        loop.register(this).addListener((Future<IoRegistration> future) -> {
            if (future.isSuccess()) {
                loop.execute(() -> attached(future.getNow()));
            } else {
                LOG.error("{} could not be put on its loop.", name, future.cause());
                close();
            }
        });
    }

    private void attached(IoRegistration wrapper) {
        registration = wrapper;
        if (cancelled) {
            wrapper.cancel();
        } else {
            wrapper.submit(interest);
        }
    }

    /** Asks to be told, or no longer told, when writing may succeed; on the loop. */
    public void awaitWritable(boolean wanted) {
        EpollIoOps next = wanted ? interest.with(EpollIoOps.EPOLLOUT) : interest.without(EpollIoOps.EPOLLOUT);
        change(next);
    }

    /** Stops or resumes telling about input; on the loop. */
    public void reading(boolean wanted) {
        EpollIoOps next = wanted ? interest.with(EpollIoOps.EPOLLIN) : interest.without(EpollIoOps.EPOLLIN);
        change(next);
    }

    private void change(EpollIoOps next) {
        if (next.value() != interest.value()) {
            interest = next;
            IoRegistration current = registration;
            if (current != null && current.isValid()) {
                current.submit(next);
            }
        }
    }

    /** Takes the handle off its loop; on the loop. {@link DescriptorEvents#closed} follows. */
    public void cancel() {
        cancelled = true;
        IoRegistration current = registration;
        if (current != null) {
            // The wrapper that register gave, not the inner registration that handle() sees.
            current.cancel();
        } else if (!attaching) {
            close();
        }
    }

    @Override
    public void handle(IoRegistration inner, IoEvent event) {
        try {
            EpollIoOps ready = ((EpollIoEvent) event).ops();
            if (ready.contains(EpollIoOps.EPOLLOUT)) {
                events.writable();
            }
            if (ready.value() != EpollIoOps.EPOLLOUT.value() && !cancelled) {
                read();
            }
            failuresInARow = 0;
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void read() {
        boolean some = events.readable();
        if (busyPollNanos == 0 || !some) {
            return;
        }
        // Looking again costs less than sleeping and being woken, as long as the next packet comes soon.
        long start = System.nanoTime();
        long last = start;
        long now = start;
        while (now - last < busyPollNanos && now - start < MAX_BUSY_NANOS && !cancelled) {
            if (events.readable()) {
                last = now;
            }
            Thread.onSpinWait();
            now = System.nanoTime();
        }
    }

    private void failed(Throwable e) {
        failuresInARow++;
        if (failuresInARow == 1) {
            LOG.error("{} failed on its loop; this is a bug.", name, e);
        }
        if (failuresInARow >= MAX_FAILURES_IN_A_ROW) {
            LOG.error("{} failed {} times in a row and is taken off its loop.", name, failuresInARow);
            cancel();
        }
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public void unregistered() {
        close();
    }

    /** Called by the loop when it stops; tells the owner once. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            events.closed();
        } catch (RuntimeException | Error e) {
            LOG.error("{} failed while closing; this is a bug.", name, e);
        }
    }
}
