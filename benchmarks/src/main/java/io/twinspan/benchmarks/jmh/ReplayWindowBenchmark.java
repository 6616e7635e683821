package io.twinspan.benchmarks.jmh;

import io.twinspan.crypto.esp.ReplayWindow;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What one packet's two visits of the replay window cost. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReplayWindowBenchmark {
    private final ReplayWindow window = new ReplayWindow(ReplayWindow.DEFAULT_PACKETS);
    private long sequence;

    /** The usual case: each packet is the newest. */
    @Benchmark
    public boolean inOrder() {
        sequence++;
        boolean fresh = window.precheck(sequence);
        window.mark(sequence);
        return fresh;
    }
}
