package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The clock that counts from the start of the machine, sleep included, CLOCK_BOOTTIME in clock_gettime(2): the same for every
 * process, and moved by nobody. {@link System#nanoTime} promises neither. One thread at a time.
 */
public final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final MemorySegment time = Arena.ofAuto().allocate(2 * Long.BYTES, Long.BYTES);

    /** Nanoseconds since the machine started. */
    public long nanos() {
        Libc.check(Libc.clockGettime(CLOCK_BOOTTIME, time), "clock_gettime");
        return time.get(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND + time.get(ValueLayout.JAVA_LONG, Long.BYTES);
    }
}
