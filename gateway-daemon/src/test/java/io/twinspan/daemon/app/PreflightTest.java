package io.twinspan.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.sys.TunDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreflightTest {
    /** CVE-2019-14899: the kernel takes clear packets for protected networks from any interface, unless told not to. */
    @Test
    void d10_interfacesThatWouldTakeClearPacketsOfProtectedNetworksAreNamed() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            TunDevice device = TunDevice.open("outside0", false);
            try {
                filter("all", "0");
                for (String loose : List.of("0", "2")) {
                    filter("outside0", loose);
                    assertThat(Preflight.warnings(List.of(), List.of()))
                            .anyMatch(warning -> warning.contains("reverse path filter is not strict on outside0"));
                }
                filter("outside0", "1");
                assertThat(Preflight.warnings(List.of(), List.of()))
                        .noneMatch(warning -> warning.contains("reverse path filter"));
            } finally {
                device.close();
            }
        });
    }

    @Test
    void d8_anUnusualLimitForFragmentsIsNamed() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            Path limit = Path.of("/proc/sys/net/ipv4/ipfrag_high_thresh");
            for (String octets : List.of("100000", "1000000000")) {
                Files.writeString(Path.of("/proc/sys/net/ipv4/ipfrag_low_thresh"), "0");
                Files.writeString(limit, octets);
                assertThat(Preflight.warnings(List.of(), List.of()))
                        .anyMatch(warning -> warning.contains("ipfrag_high_thresh is " + octets));
            }
            Files.writeString(limit, "4194304");
            assertThat(Preflight.warnings(List.of(), List.of())).noneMatch(warning -> warning.contains("ipfrag"));
        });
    }

    private static void filter(String name, String value) throws IOException {
        Files.writeString(Path.of("/proc/sys/net/ipv4/conf", name, "rp_filter"), value);
    }
}
