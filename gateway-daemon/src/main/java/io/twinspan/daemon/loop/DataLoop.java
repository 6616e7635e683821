package io.twinspan.daemon.loop;

import io.netty.channel.IoEventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A loop that moves packets in one direction. Everything registered on it, and its clock, belongs to its one thread.
 */
public final class DataLoop implements Executor, AutoCloseable {
    private static final long STOP_SECONDS = 5;

    private final IoEventLoop loop;
    private final LoopClock clock;

    private DataLoop(IoEventLoop loop, LoopClock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    /**
     * Starts a data loop. Its thread is started before this returns and so lives in the network namespace of the caller.
     */
    public static DataLoop start(String threadName) {
        IoEventLoop loop =
                new SingleThreadIoEventLoop(null, new DefaultThreadFactory(threadName), EpollIoHandler.newFactory());
        loop.submit(() -> {}).syncUninterruptibly();
        return new DataLoop(loop, new LoopClock(Ticker.systemTicker()));
    }

    /** Runs a task on the loop; from any thread. */
    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** Runs a task on the loop after a time; from any thread. */
    public void schedule(Runnable task, long delayNanos) {
        var _ = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }

    /** Runs a call on the loop and waits for its result; not on the loop itself. */
    public <T> T call(Callable<T> call) {
        return loop.submit(call).syncUninterruptibly().getNow();
    }

    /** Puts a descriptor on the loop; from any thread. */
    public void register(GuardedHandle handle) {
        handle.attach(loop);
    }

    /** The loop's clock; on the loop only. */
    public LoopClock clock() {
        return clock;
    }

    /** Stops the loop, whose handles were cancelled before: it may not look at them once more. Not callable on the loop. */
    @Override
    public void close() {
        loop.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
