package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class IperfResultTest {
    @Test
    void rateAndAmountAreWhatTheOtherEndReceived() {
        IperfResult result = IperfResult.parse("""
                {"start": {"version": "iperf 3.12"}, "end": {
                  "sum_sent": {"seconds": 2.0, "bytes": 999999999, "retransmits": 17},
                  "sum_received": {"seconds": 2, "bytes": 536870912}}}
                """);

        assertThat(result.retransmits()).isEqualTo(17);
        assertThat(result.gibibytes()).isEqualTo(0.5);
        assertThat(result.megabitsPerSecond()).isEqualTo(2147.483648);
    }

    @Test
    void anErrorOfIperfIsPassedOn() {
        assertThatThrownBy(() -> IperfResult.parse("{\"error\": \"unable to connect\"}"))
                .isInstanceOf(BenchException.class)
                .hasMessage("iperf3: unable to connect");
    }

    @Test
    void whatIsNoJsonIsAnError() {
        assertThatThrownBy(() -> IperfResult.parse("iperf3: not found")).isInstanceOf(BenchException.class);
    }

    @Test
    void jsonWithoutTheSumIsAnError() {
        assertThatThrownBy(() -> IperfResult.parse("{\"end\": {}}")).isInstanceOf(BenchException.class);
    }
}
