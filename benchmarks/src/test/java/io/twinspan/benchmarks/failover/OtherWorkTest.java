package io.twinspan.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OtherWorkTest {
    @Test
    void busyIsEverythingButIdleAndWaitingForTheDisk() {
        String before = "cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 1 1 1 1\n";
        String after = "cpu  130 0 60 850 60 0 0 0 0 0\ncpu0 1 1 1 1\n";
        assertThat(OtherWork.share(before, after)).isEqualTo(0.4);
    }

    @Test
    void noTimeAtAllIsNotBusy() {
        assertThat(OtherWork.share("cpu  1 2 3 4 5 6 7 8\n", "cpu  1 2 3 4 5 6 7 8\n"))
                .isZero();
    }
}
