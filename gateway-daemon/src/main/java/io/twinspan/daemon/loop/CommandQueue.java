package io.twinspan.daemon.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue from any thread to one loop, without locks. The loop is woken once for a batch.
 *
 * <p>Producers claim a place by its number and then publish into it; the consumer stops at the first place that is claimed
 * but not yet published, and the publisher's own wake-up brings it back.
 *
 * @param <T> command
 */
public final class CommandQueue<T> {
    private static final Logger LOG = LoggerFactory.getLogger(CommandQueue.class);

    private final AtomicReferenceArray<T> places;
    private final AtomicLong claimed = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicBoolean wakeUpPending = new AtomicBoolean();
    private final Executor loop;
    private final Consumer<T> consumer;

    /**
     * A queue into a loop.
     *
     * @param capacity most commands that may wait
     * @param consumer called on the loop, in order
     */
    public CommandQueue(int capacity, Executor loop, Consumer<T> consumer) {
        this.places = new AtomicReferenceArray<>(capacity);
        this.loop = loop;
        this.consumer = consumer;
    }

    /** Hands a command over; false, and counted, where the queue is full or the loop has stopped. */
    public boolean offer(T command) {
        long number;
        do {
            number = claimed.get();
            if (number - taken.get() >= places.length()) {
                refused.incrementAndGet();
                return false;
            }
        } while (!claimed.compareAndSet(number, number + 1));
        places.set(place(number), command);
        return wakeUp();
    }

    private boolean wakeUp() {
        if (wakeUpPending.compareAndSet(false, true)) {
            try {
                loop.execute(this::drain);
            } catch (RejectedExecutionException e) {
                refused.incrementAndGet();
                return false;
            }
        }
        return true;
    }

    /** Runs what waits, at most one queue full; on the loop. */
    private void drain() {
        wakeUpPending.set(false);
        for (int i = 0; i < places.length(); i++) {
            long number = taken.get();
            T command = places.getAndSet(place(number), null);
            if (command == null) {
                return;
            }
            taken.set(number + 1);
            consume(command);
        }
    }

    /** A command that fails is a bug, but must not hold up those behind it. */
    private void consume(T command) {
        try {
            consumer.accept(command);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "A command of type {} failed; this is a bug.",
                    command.getClass().getSimpleName(),
                    e);
        }
    }

    /** Commands that were refused so far. */
    public long refusedCount() {
        return refused.get();
    }

    private int place(long number) {
        return (int) (number % places.length());
    }
}
