package io.twinspan.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class GatewayViewTest {
    private static final String STATUS = """
            {"schema":"twinspan.status/1","drops":{"UNKNOWN_SPI":1},"connections":[
              {"name":"a","tunnels":[
                {"state":"up","lastChange":{"time":"2026-11-23T02:00:01.900Z"},"in":{"packets":5},
                 "drops":{"UNKNOWN_SPI":2,"BAD_ICV":3},"counts":{"child_rekeys":4}},
                {"state":"standby","lastChange":{"time":"2026-11-23T02:00:02.100Z"},"in":{"packets":7},
                 "drops":{},"counts":{"child_rekeys":1}}]},
              {"name":"b","tunnels":[
                {"state":"connecting","lastChange":{"time":"2026-11-23T02:00:09.000Z"},"in":{"packets":0},
                 "drops":{},"counts":{}}]}]}
            """;

    private final GatewayView view = new GatewayView(JsonMapper.shared().readTree(STATUS));

    @Test
    void standbyTunnelIsUsableAndAConnectingOneIsNot() {
        assertThat(view.usableTunnels()).isEqualTo(2);
        assertThat(view.lastBecameUsable()).contains(Instant.parse("2026-11-23T02:00:02.100Z"));
    }

    @Test
    void dropsOfTheGatewayAndOfAllTunnelsAreSummedByName() {
        assertThat(view.drops()).containsOnlyKeys("UNKNOWN_SPI", "BAD_ICV").containsEntry("UNKNOWN_SPI", 3L);
    }

    @Test
    void countsAndPacketsAreSumsOverAllTunnels() {
        assertThat(view.packetsIn()).isEqualTo(12);
        assertThat(view.count("child_rekeys")).isEqualTo(5);
        assertThat(view.count("no_such_count")).isZero();
    }
}
