package io.twinspan.daemon.loop;

import io.netty.channel.IoEventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that owns every decision: IKE, liveness, failover, configuration, journal.
 *
 * <p>Tasks run one at a time in the order they came. A task that throws is logged as a bug and the loop lives on.
 */
public final class ControlLoop implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
    private static final long STOP_SECONDS = 5;

    private final IoEventLoop loop;
    private final Ticker ticker;

    private ControlLoop(IoEventLoop loop, Ticker ticker) {
        this.loop = loop;
        this.ticker = ticker;
    }

    /**
     * Starts a control loop on a thread of its own. The thread is started before this returns and so lives in the network
     * namespace of the caller.
     */
    public static ControlLoop start(String threadName) {
        IoEventLoop loop =
                new SingleThreadIoEventLoop(null, new DefaultThreadFactory(threadName), EpollIoHandler.newFactory());
        loop.submit(() -> {}).syncUninterruptibly();
        return new ControlLoop(loop, Ticker.systemTicker());
    }

    /** Wraps a loop that somebody else drives, for tests with a mock clock. */
    public static ControlLoop over(IoEventLoop loop, Ticker ticker) {
        return new ControlLoop(loop, ticker);
    }

    /** Runs a task on the loop, soon; from any thread. */
    @Override
    public void execute(Runnable task) {
        loop.execute(guarded(task));
    }

    /** Runs a task on the loop after a delay; from any thread. */
    public Cancellable schedule(long delayNanos, Runnable task) {
        Future<?> scheduled = loop.schedule(guarded(task), Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /** The loop's monotonic clock, read now. */
    public long nowNanos() {
        return ticker.nanoTime();
    }

    /** True on the loop's own thread. */
    public boolean inLoop() {
        return loop.inEventLoop();
    }

    /** The Netty loop beneath, for packages that register descriptors or channels on it. */
    public IoEventLoop eventLoop() {
        return loop;
    }

    /** Stops the loop after the tasks that are already queued; not callable on the loop itself. */
    @Override
    public void close() {
        loop.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("A task of the control loop failed; this is a bug.", e);
            }
        };
    }
}
