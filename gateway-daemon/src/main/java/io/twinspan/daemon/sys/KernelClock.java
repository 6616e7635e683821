package io.twinspan.daemon.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the kernel says of its clock, adjtimex(2).
 *
 * @param synchronised true where somebody keeps it right
 * @param errorMicros how far it may be off
 */
public record KernelClock(boolean synchronised, long errorMicros) {
    /** {@code struct timex} on 64-bit Linux. */
    private static final int TIMEX_OCTETS = 208;

    private static final int MAX_ERROR = 24;
    private static final int STATUS = 40;
    private static final int STA_UNSYNC = 0x40;
    private static final int TIME_ERROR = 5;

    /**
     * Asks; changes nothing.
     *
     * @throws SyscallException where a sandbox forbids the question
     */
    public static KernelClock read() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timex = arena.allocate(TIMEX_OCTETS, 8);
            int state = Libc.check(Libc.adjtimex(timex), "adjtimex");
            boolean unsynchronised = state == TIME_ERROR || (timex.get(ValueLayout.JAVA_INT, STATUS) & STA_UNSYNC) != 0;
            return new KernelClock(!unsynchronised, timex.get(ValueLayout.JAVA_LONG, MAX_ERROR));
        }
    }
}
