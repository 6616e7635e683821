package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MachineTest {
    @Test
    void theProcessorIsTheModelTheKernelNames() {
        assertThat(Machine.processor("processor\t: 0\nmodel\t\t: 17\nmodel name\t: AMD EPYC\nmodel name\t: other\n"))
                .isEqualTo("AMD EPYC");
        assertThat(Machine.processor("")).isEqualTo("unknown processor");
    }

    @Test
    void theLoadIsThatOfTheLastMinute() {
        assertThat(Machine.load("1.25 2.00 3.00 1/234 5678\n")).isEqualTo(1.25);
    }
}
