package io.twinspan.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.benchmarks.Engines;
import io.twinspan.benchmarks.SaFixture;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PipelineRunTest {
    @Test
    void everyMixComesThroughUnchanged() {
        for (FrameMix mix : FrameMix.ALL) {
            PipelineRun run =
                    new PipelineRun(PacketCipherEngine.jdk(), SaFixture.suite("aes-cbc-128/hmac-sha1-96"), mix, 1_500);

            assertThat(run.measure(0, 2).nanosPerPacket().min()).isPositive();
        }
    }

    @Test
    void droppedPacketEndsTheMeasurementWithItsReason() {
        // Longer than the plan's uplink: the outbound path must refuse it.
        FrameMix tooLong = new FrameMix("jumbo", List.of(9500), 1, 1);
        PipelineRun run = new PipelineRun(Engines.named("none"), SaFixture.suite("aes-gcm-16-128"), tooLong, 1);

        assertThatThrownBy(() -> run.measure(0, 1)).hasMessageContaining("TOO_BIG");
    }
}
