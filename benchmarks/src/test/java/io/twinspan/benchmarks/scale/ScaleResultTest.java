package io.twinspan.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.benchmarks.scale.ScaleResult.Load;
import org.junit.jupiter.api.Test;

final class ScaleResultTest {
    @Test
    void costIsForPacketsThatCameThrough() {
        Load load = new Load(250_000, 500_000, 1.0, 0.5);

        assertThat(load.secondsPerMillionA()).isEqualTo(4.0);
        assertThat(load.secondsPerMillionB()).isEqualTo(2.0);
        assertThat(load.lostPercent()).isEqualTo(50.0);
    }
}
