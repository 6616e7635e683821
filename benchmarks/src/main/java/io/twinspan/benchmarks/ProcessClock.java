package io.twinspan.benchmarks;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * CPU time of all threads of this process, clock(3). The JDK's own bean counts in steps of 10 ms, which is too coarse for a
 * round.
 */
public final class ProcessClock {
    private static final long NANOS_PER_TICK = 1_000;

    private static final MethodHandle CLOCK = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("clock"),
                    FunctionDescriptor.of(ValueLayout.JAVA_LONG));

    private ProcessClock() {}

    /** CPU time since the start, in nanoseconds, to the microsecond. */
    public static long nanos() {
        try {
            return (long) CLOCK.invokeExact() * NANOS_PER_TICK;
        } catch (Throwable e) {
            throw new IllegalStateException("clock", e);
        }
    }
}
