package io.twinspan.daemon.io;

import io.twinspan.daemon.dataplane.SealingCrew;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread for each member of a sealing crew. One that finds nothing to do looks again for a moment, as the next super-packet
 * is often near, and then sleeps until it is woken.
 */
public final class SealingThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SealingThreads.class);
    private static final long LOOKING_NANOS = 20_000;

    private final List<SealingCrew.Member> members;
    private final Thread[] threads;
    private final AtomicIntegerArray asleep;
    private volatile boolean closed;

    private SealingThreads(List<SealingCrew.Member> members) {
        this.members = members;
        this.threads = new Thread[members.size()];
        this.asleep = new AtomicIntegerArray(members.size());
    }

    /**
     * Starts them.
     *
     * @param tellLoop from any of the threads, see {@link SealingCrew#wakes}
     */
    public static SealingThreads start(SealingCrew crew, Runnable tellLoop) {
        SealingThreads result = new SealingThreads(crew.members());
        crew.wakes(result::wakeOne, tellLoop);
        for (int i = 0; i < result.threads.length; i++) {
            int index = i;
            result.threads[i] =
                    Thread.ofPlatform().daemon().name("twinspan-sealing-" + i).unstarted(() -> result.run(index));
        }
        for (Thread thread : result.threads) {
            thread.start();
        }
        return result;
    }

    private void run(int index) {
        SealingCrew.Member member = members.get(index);
        while (!closed) {
            try {
                if (!member.sealNext()) {
                    await(member, index);
                }
            } catch (RuntimeException | Error e) {
                LOG.error("A sealing worker failed; this is a bug.", e);
            }
        }
    }

    private void await(SealingCrew.Member member, int index) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < LOOKING_NANOS) {
            if (member.hasWork()) {
                return;
            }
            Thread.onSpinWait();
        }
        asleep.set(index, 1);
        // Whoever brings work after this look sees that this thread sleeps; a permit given before park lets it pass.
        if (!member.hasWork() && !closed) {
            LockSupport.park(this);
        }
        asleep.set(index, 0);
    }

    private void wakeOne() {
        for (int i = 0; i < threads.length; i++) {
            if (asleep.compareAndSet(i, 1, 0)) {
                LockSupport.unpark(threads[i]);
                return;
            }
        }
    }

    /** Ends the threads after the jobs they are at; what waits is not sealed any more. */
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            interrupted |= !join(thread);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean join(Thread thread) {
        try {
            thread.join();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
