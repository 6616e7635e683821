package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PingResultTest {
    @Test
    void percentilesAreThoseOfTheRoundTrips() {
        PingResult result = PingResult.parse("""
                PING 10.2.0.10 (10.2.0.10) 56(84) bytes of data.
                64 bytes from 10.2.0.10: icmp_seq=1 ttl=62 time=0.120 ms
                64 bytes from 10.2.0.10: icmp_seq=2 ttl=62 time=0.100 ms
                64 bytes from 10.2.0.10: icmp_seq=3 ttl=62 time=12.5 ms

                --- 10.2.0.10 ping statistics ---
                3 packets transmitted, 3 received, 0% packet loss, time 20ms
                """);

        assertThat(result).isEqualTo(new PingResult(120, 12_500));
    }

    @Test
    void aPingWithoutAnAnswerCountsAsOneSecond() {
        PingResult result = PingResult.parse("""
                64 bytes from 10.2.0.10: icmp_seq=1 ttl=62 time=0.120 ms
                64 bytes from 10.2.0.10: icmp_seq=2 ttl=62 time=0.130 ms
                3 packets transmitted, 2 received, 33.3333% packet loss, time 20ms
                """);

        assertThat(result).isEqualTo(new PingResult(130, 1_000_000));
    }

    @Test
    void aPingThatDidNotStartIsAnError() {
        assertThatThrownBy(() -> PingResult.parse("ping: connect: Network is unreachable"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("unreachable");
    }
}
