package io.twinspan.benchmarks.jmh;

import io.twinspan.crypto.esp.ReplayWindow;
import org.openjdk.jmh.annotations.Benchmark;

/** One packet's two visits of the replay window. 0 B/op. */
public class ReplayWindowBenchmark extends PacketBenchmark {
    private static final int GROUP = 8;

    private final ReplayWindow window = new ReplayWindow(ReplayWindow.DEFAULT_PACKETS);
    private long sequence;

    /** The usual case: each packet is the newest. */
    @Benchmark
    public boolean inOrder() {
        sequence++;
        return take(sequence);
    }

    /** Groups of eight that arrive backwards. */
    @Benchmark
    public boolean reordered() {
        sequence++;
        return take(sequence ^ (GROUP - 1));
    }

    /** Refused before the cipher is asked. */
    @Benchmark
    public boolean replayed() {
        sequence++;
        take(sequence);
        return window.precheck(sequence);
    }

    private boolean take(long number) {
        boolean fresh = window.precheck(number);
        if (fresh) {
            window.mark(number);
        }
        return fresh;
    }
}
