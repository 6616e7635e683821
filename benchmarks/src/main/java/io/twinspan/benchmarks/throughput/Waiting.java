package io.twinspan.benchmarks.throughput;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what other programs do, with an end. */
public final class Waiting {
    private static final long POLL_MILLIS = 10;

    private Waiting() {}

    /**
     * Asks again and again.
     *
     * @throws BenchException where it does not come true in time
     */
    public static void until(long seconds, String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new BenchException("not within " + seconds + " s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
    }
}
