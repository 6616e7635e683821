package io.twinspan.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KernelDropsTest {
    private static final String SNMP = """
            Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors
            Udp: 100 0 7 90 7 0 0
            """;
    private static final String DEVICES = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                lo: 1 2 3 4 5 6 7 8 9 10 11 99 13 14 15 16
              ts-c0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
            """;

    @Test
    void fullSocketsAndTheQueuesOfTunDevicesAreRead() {
        assertThat(KernelDrops.parse(SNMP, DEVICES)).isEqualTo(new KernelDrops(7, 12));
    }

    @Test
    void hostWithoutEitherHasNone() {
        assertThat(KernelDrops.parse("", "").sum()).isZero();
    }
}
