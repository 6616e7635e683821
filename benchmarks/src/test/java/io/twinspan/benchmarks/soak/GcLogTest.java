package io.twinspan.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class GcLogTest {
    @Test
    void serialAndG1AndZgcLinesAreCollections() {
        GcLog log = GcLog.parse("""
                [0.003s] Using Serial
                [0.865s] GC(0) Pause Young (Allocation Failure) 18M->4M(61M) 33.348ms
                [1.323s] GC(11) Pause Young (Normal) (G1 Evacuation Pause) 41M->6M(64M) 2.595ms
                [2.200s] GC(15) Major Collection (Warmup)
                [2.231s] GC(15) Minor Collection (Allocation Rate) 32M(50%)->18M(28%) 0.003s
                """);

        assertThat(log.collections())
                .extracting(GcLog.Collection::liveMebibytes)
                .containsExactly(4.0, 6.0, 18.0);
    }

    @Test
    void longestSafepointIsOfTheTimeAskedFor() {
        GcLog log = GcLog.parse("""
                [1.102s] Safepoint "ICBufferFull", Time since last: 59 ns, Reaching safepoint: 802 ns, At safepoint: 143593 ns, Leaving safepoint: 551 ns, Total: 144946 ns, Threads: 0 runnable, 10 total
                [9.111s] Safepoint "SerialGCCollect", Time since last: 71 ns, Reaching safepoint: 1151 ns, At safepoint: 8632646 ns, Leaving safepoint: 4216 ns, Total: 8638013 ns, Threads: 0 runnable, 10 total
                """);

        assertThat(log.longestSafepointMillis()).isEqualTo(8.638013);
        assertThat(log.between(0, 5).longestSafepointMillis()).isEqualTo(0.144946);
        assertThat(log.between(5, 10).safepoints())
                .extracting(GcLog.Safepoint::operation)
                .containsExactly("SerialGCCollect");
    }

    @Test
    void growthIsTheSlopeOverAllCollections() {
        GcLog log = GcLog.parse("""
                [0.000s] GC(0) Pause Young (Allocation Failure) 18M->4M(61M) 1.0ms
                [1800.000s] GC(1) Pause Young (Allocation Failure) 18M->5M(61M) 1.0ms
                [3600.000s] GC(2) Pause Young (Allocation Failure) 18M->6M(61M) 1.0ms
                """);

        assertThat(log.mebibytesPerHour()).isCloseTo(2.0, within(1e-9));
    }

    @Test
    void emptyLogHasNoGrowthAndNoPause() {
        assertThat(GcLog.parse("").mebibytesPerHour()).isZero();
        assertThat(GcLog.parse("").longestSafepointMillis()).isZero();
    }
}
