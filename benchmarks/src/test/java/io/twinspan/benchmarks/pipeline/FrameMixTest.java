package io.twinspan.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FrameMixTest {
    @Test
    void imixIsSevenFourOneOfTheThreeLengths() {
        FrameMix imix = FrameMix.ALL.get(1);

        assertThat(imix.frameOctets()).hasSize(12);
        assertThat(imix.frameOctets().stream().filter(octets -> octets == 54)).hasSize(7);
        assertThat(imix.frameOctets().stream().filter(octets -> octets == 590)).hasSize(4);
        assertThat(imix.frameOctets().stream().filter(octets -> octets == 1514)).hasSize(1);
    }

    @Test
    void packetsAreFramesWithoutTheEthernetHeader() {
        assertThat(FrameMix.ALL.getFirst().packetOctets()).containsExactly(46);
    }
}
