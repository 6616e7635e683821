package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RawResultsTest {
    @Test
    void eachValueIsALine() {
        Results results = new Results();
        results.add(new Results.Sample(Mode.WHOLE, "none", 1, Measure.TCP_1, 8461.5));
        results.add(new Results.Sample(Mode.WIRE, "openvpn", 2, Measure.PING_IDLE_P99, 792));

        assertThat(RawResults.csv(results)).isEqualTo("""
                mode,candidate,round,measure,value
                whole,none,1,tcp-1,8461.5
                wire,openvpn,2,ping-idle-p99,792.0
                """);
    }
}
