package io.twinspan.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.benchmarks.throughput.BenchException;
import org.junit.jupiter.api.Test;

final class TcpLoadTest {
    @Test
    void bothDirectionsAreRead() {
        TcpLoad.Result result = TcpLoad.Result.parse("""
                {"end":{"sum_sent":{"retransmits":3},"sum_received":{"bits_per_second":1.5e9},
                 "sum_sent_bidir_reverse":{"retransmits":4},"sum_received_bidir_reverse":{"bits_per_second":2e9}}}
                """);

        assertThat(result).isEqualTo(new TcpLoad.Result(1.5, 2.0, 7));
    }

    @Test
    void whatIperfComplainsOfIsTheMessage() {
        assertThatThrownBy(() -> TcpLoad.Result.parse("{\"error\":\"unable to connect\"}"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("unable to connect");
        assertThatThrownBy(() -> TcpLoad.Result.parse("no JSON")).isInstanceOf(BenchException.class);
    }
}
