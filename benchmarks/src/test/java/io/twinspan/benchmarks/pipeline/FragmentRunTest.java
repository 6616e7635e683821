package io.twinspan.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.benchmarks.SaFixture;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import org.junit.jupiter.api.Test;

final class FragmentRunTest {
    @Test
    void datagramsThatAreTooLargeAreCutAndAllPiecesComeThrough() {
        for (int largeOfFour = 0; largeOfFour <= 4; largeOfFour++) {
            FragmentRun run = new FragmentRun(
                    PacketCipherEngine.jdk(), SaFixture.suite("aes-gcm-16-256"), 1_400, 1_500, largeOfFour, 512);

            assertThat(run.measure(0, 1).nanosPerDatagram()).isPositive();
        }
    }
}
