package io.twinspan.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeapInfoTest {
    @Test
    void generationsOfTheSerialCollectorAreAdded() {
        String info = """
                def new generation   total 19648K, used 1024K [0x00, 0x00, 0x00)
                 eden space 17472K,   4% used [0x00, 0x00, 0x00)
                tenured generation   total 43712K, used 2048K [0x00, 0x00, 0x00)
                  the space 43712K,   5% used [0x00, 0x00, 0x00)
                Metaspace       used 9000K, committed 9216K, reserved 1114112K
                 class space    used 900K, committed 1024K, reserved 1048576K
                """;

        assertThat(HeapInfo.usedMebibytes(info)).isEqualTo(3.0);
    }

    @Test
    void lineOfTheOtherCollectorsIsRead() {
        assertThat(HeapInfo.usedMebibytes("garbage-first heap   total reserved 262144K, committed 65536K, used 4096K"))
                .isEqualTo(4.0);
        assertThat(HeapInfo.usedMebibytes("ZHeap           used 12M, capacity 64M, max capacity 256M"))
                .isEqualTo(12.0);
    }
}
