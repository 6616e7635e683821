package io.twinspan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingPlacesTest {
    private final SettingPlaces places = SettingPlaces.of("t.yaml", """
            version: 1
            connections:
              prod:
                ike: { groups: 20 }
                tunnels:
                  - number: 2
                    psk-file: a
                  - number: 1
                    ike:
                      groups: 19
            """);

    @Test
    void aTunnelsOwnSettingComesBeforeItsConnections() {
        assertThat(places.find("prod", 1, "ike").orElseThrow().at()).hasToString("t.yaml:9:9");
        assertThat(places.find("prod", 2, "ike").orElseThrow().at()).hasToString("t.yaml:4:5");
        assertThat(places.find("prod", 2, "psk-file").orElseThrow().path())
                .isEqualTo("connections.prod.tunnels(2).psk-file");
    }

    @Test
    void whatIsNotWrittenIsADefaultOfTheTunnel() {
        assertThat(places.find("prod", 2, "selectors").orElseThrow())
                .satisfies(it -> assertThat(it.at()).hasToString("t.yaml:6:9"))
                .satisfies(it -> assertThat(it.path()).contains("default"));
        assertThat(places.find("other", 1, "ike")).isEmpty();
        assertThat(SettingPlaces.of(Path.of("/nowhere")).find("prod", 1, "ike")).isEmpty();
    }
}
