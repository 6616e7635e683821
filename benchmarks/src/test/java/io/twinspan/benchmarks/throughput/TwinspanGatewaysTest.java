package io.twinspan.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TwinspanGatewaysTest {
    private static final Path LAUNCHER = Path.of("twinspan");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void enginesComeOutOfTheLog() {
        assertThat(TwinspanGateways.engines("""
                time=2026-11-23T06:36:20.787Z level=INFO event=gateway.starting msg="hello"
                time=2026-11-23T06:36:20.790Z level=INFO event=crypto.engine msg="x" aes-gcm="ipsec-mb 1.3.0" aes-cbc="jdk 25"
                """)).isEqualTo("aes-gcm by ipsec-mb 1.3.0, aes-cbc by jdk 25");
        assertThat(TwinspanGateways.engines("")).isEmpty();
    }

    @Test
    void everyConfigurationIsAcceptedByTheRealLoader() {
        for (Candidate candidate : Catalogue.all(LAUNCHER, LAUNCHER, LAUNCHER, folder)) {
            if (candidate.gateways() instanceof TwinspanGateways gateways) {
                assertThat(gateways.missing()).describedAs(candidate.id()).isEmpty();
            }
        }
    }

    @Test
    void whatTheLoaderRefusesIsSaid() {
        TwinspanGateways gateways = new TwinspanGateways(LAUNCHER, folder, "udp", TwinspanGateways.AES_GCM, "abacus");

        assertThat(gateways.missing()).startsWith("its configuration is refused: ");
    }
}
