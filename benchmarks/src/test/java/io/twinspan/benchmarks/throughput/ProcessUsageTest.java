package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProcessUsageTest {
    @Test
    void cpuIsUserAndSystemTimeWhateverTheNameOfTheProgram() {
        String stat = "4711 (a) b (c) S 1 4711 4711 0 -1 4194560 100 0 0 0 250 125 7 9 20 0 5 0 100 1 2";

        assertThat(ProcessUsage.cpuSeconds(stat)).isEqualTo(3.75);
    }

    @Test
    void memoryIsTheResidentSet() {
        assertThat(ProcessUsage.residentMebibytes("Name:\tjava\nVmHWM:\t  4096 kB\nVmRSS:\t  3072 kB\nThreads:\t9\n"))
                .isEqualTo(3);
    }

    @Test
    void aProcessThatHasEndedHasNoMemory() {
        assertThat(ProcessUsage.residentMebibytes("Name:\tjava\nState:\tZ (zombie)\n"))
                .isZero();
    }

    @Test
    void usageSinceIsTheDifferenceOfTimeAndTheMemoryNow() {
        assertThat(new ProcessUsage(5, 70).since(new ProcessUsage(3, 60))).isEqualTo(new ProcessUsage(2, 70));
    }
}
